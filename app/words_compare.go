package app

// compareWords are those of two runs side by side.
type compareWords struct {
	incomparable

	Tab, None, One, Side, Numbered, Images, AfterImages, ChartName, CurvesCaption string
	TableName, Figures, Differs, Time, Fingerprint, On, Off                       string
	SameScale, NoKernel, Kept                                                     string
}

var compareEnglish = compareWords{
	Tab:           "Compare",
	None:          "Runs that have ended are compared here. Train once; then change a setting, press Reset and train again.",
	One:           "One run has ended and is kept as run A. Change a setting, press Reset and train again: then both stand here side by side.",
	Side:          "Run %[1]s",
	Numbered:      "Run %[1]d",
	Images:        "images",
	AfterImages:   "after %[1]s {1:image|images}",
	ChartName:     "%[1]s of both runs",
	CurvesCaption: "Moving averages over about ten steps, by the training images so far. A: whole line, rings for validations; B: broken line, squares.",
	TableName:     "Both runs in numbers",
	Figures:       "Figures",
	Differs:       "Differs",
	Time:          "Time",
	Fingerprint:   "Fingerprint",
	On:            "on",
	Off:           "off",
	SameScale:     "One scale for %[1]s of both runs.",
	NoKernel:      "This run's network has no such kernel.",
	Kept:          "Kept in this tab until it is closed: %[1]d {1:run|runs} (at most %[2]d: the latest, and the one chosen as A), with curves, figures, settings and kernels, %[3]s.",
}

var compareGerman = compareWords{
	Tab:           "Vergleich",
	None:          "Hier werden Läufe verglichen, die zu Ende sind. Einmal trainieren, dann eine Einstellung ändern, Zurücksetzen drücken und noch einmal trainieren.",
	One:           "Ein Lauf ist zu Ende und als Lauf A behalten. Eine Einstellung ändern, Zurücksetzen drücken und noch einmal trainieren: Dann stehen hier beide nebeneinander.",
	Side:          "Lauf %[1]s",
	Numbered:      "Lauf %[1]d",
	Images:        "Bilder",
	AfterImages:   "nach %[1]s {1:Bild|Bildern}",
	ChartName:     "%[1]s beider Läufe",
	CurvesCaption: "Gleitende Mittel über etwa zehn Schritte, nach den Trainingsbildern bis dahin. A: durchgezogen, Ringe für Validierungen; B: gestrichelt, Quadrate.",
	TableName:     "Beide Läufe in Zahlen",
	Figures:       "Ergebnisse",
	Differs:       "Anders",
	Time:          "Zeit",
	Fingerprint:   "Fingerabdruck",
	On:            "an",
	Off:           "aus",
	SameScale:     "Eine Skala für %[1]s beider Läufe.",
	NoKernel:      "Das Netz dieses Laufs hat keinen solchen Kern.",
	Kept:          "In diesem Tab behalten, bis er geschlossen wird: %[1]d {1:Lauf|Läufe} (höchstens %[2]d: die neuesten und der als A gewählte) mit Kurven, Ergebnissen, Einstellungen und Kernen, %[3]s.",
}

var compareFrench = compareWords{
	Tab:           "Comparer",
	None:          "Ici se comparent les exécutions terminées. Entraînez une fois, puis changez un réglage, réinitialisez et entraînez encore.",
	One:           "Une exécution est terminée et gardée comme exécution A. Changez un réglage, réinitialisez et entraînez encore : les deux seront alors côte à côte ici.",
	Side:          "Exécution %[1]s",
	Numbered:      "Exécution %[1]d",
	Images:        "images",
	AfterImages:   "après %[1]s {1:image|images}",
	ChartName:     "%[1]s des deux exécutions",
	CurvesCaption: "Moyennes mobiles sur une dizaine de pas, selon les images d'entraînement vues. A : trait plein, cercles pour les validations ; B : tirets, carrés.",
	TableName:     "Les deux exécutions en nombres",
	Figures:       "Résultats",
	Differs:       "Diffère",
	Time:          "Durée",
	Fingerprint:   "Empreinte",
	On:            "oui",
	Off:           "non",
	SameScale:     "Une échelle pour %[1]s des deux exécutions.",
	NoKernel:      "Le réseau de cette exécution n'a pas de tel noyau.",
	Kept:          "Gardé dans cet onglet jusqu'à sa fermeture : %[1]d {1:exécution|exécutions} (%[2]d au plus : les plus récentes, et celle choisie comme A), avec courbes, résultats, réglages et noyaux, %[3]s.",
}

var compareSpanish = compareWords{
	Tab:           "Comparar",
	None:          "Aquí se comparan ejecuciones terminadas. Entrene una vez; después cambie un ajuste, reinicie y entrene de nuevo.",
	One:           "Una ejecución ha terminado y se guarda como ejecución A. Cambie un ajuste, reinicie y entrene de nuevo: entonces estarán aquí las dos, lado a lado.",
	Side:          "Ejecución %[1]s",
	Numbered:      "Ejecución %[1]d",
	Images:        "imágenes",
	AfterImages:   "tras %[1]s {1:imagen|imágenes}",
	ChartName:     "%[1]s de ambas ejecuciones",
	CurvesCaption: "Medias móviles de unos diez pasos, según las imágenes de entrenamiento vistas. A: línea continua, círculos para las validaciones; B: línea discontinua, cuadrados.",
	TableName:     "Ambas ejecuciones en números",
	Figures:       "Resultados",
	Differs:       "Difiere",
	Time:          "Tiempo",
	Fingerprint:   "Huella",
	On:            "sí",
	Off:           "no",
	SameScale:     "Una escala para %[1]s de ambas ejecuciones.",
	NoKernel:      "La red de esta ejecución no tiene ese núcleo.",
	Kept:          "{1:Se guarda|Se guardan} en esta pestaña hasta cerrarla: %[1]d {1:ejecución|ejecuciones} (%[2]d como mucho: las más recientes, y la elegida como A), con curvas, resultados, ajustes y núcleos, %[3]s.",
}
