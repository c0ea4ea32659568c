package app

// filtersWords are those of the lens "Filter images".
type filtersWords struct {
	incomparable

	Tab, LayerGroup, WayGroup, Regularised, Plain, StopDrawing, DrawAgain string

	DrawingName, DrawingSteps, NotBegun, Stopped, Slowly string

	Waiting, FiltersCaption, UnitsCaption, ClassesCaption, Untrained, NetworkOfStep, Since string

	RegularisedMethod, PlainMethod string

	ImagesName, ImageName, ChooseImage, Filter, Unit, Class string
	FilterExcited, UnitExcited, ClassExcited                string
	Numbers, Image, AtFirst, AtLast                         string
}

var filtersEnglish = filtersWords{
	Tab:         "Filter images",
	LayerGroup:  "Layer to draw for",
	WayGroup:    "Way of drawing",
	Regularised: "Regularised",
	Plain:       "Plain",
	StopDrawing: "Stop drawing",
	DrawAgain:   "Draw again",

	DrawingName:  "Drawing progress",
	DrawingSteps: "%[1]s of %[2]s steps",
	NotBegun:     "not begun",
	Stopped:      "stopped",
	Slowly:       "slowly while the network trains",

	Waiting:        "The images that filters want appear here as soon as there is a network.",
	FiltersCaption: "What {1:the one filter|each of the %[1]d filters} of %[2]s wants to see: noise, changed in %[3]d small steps so that the filter answers more strongly all over its map (noise number %[4]d).",
	UnitsCaption:   "What {1:the one unit|each of the %[1]d units} of %[2]s wants to see: noise, changed in %[3]d small steps so that the unit's value grows (noise number %[4]d).",
	ClassesCaption: "What the %[1]d classes of %[2]s want to see: noise, changed in %[3]d small steps so that the class's score before softmax, its logit, grows (noise number %[4]d).",
	Untrained:      "Drawn with the untrained network.",
	NetworkOfStep:  "Drawn with the network of step %[1]s.",
	Since:          "The network has changed since; Draw again takes it as it is now.",

	RegularisedMethod: "Regularised: each step also fades the image a little (L2), shifts it by up to a pixel (jitter), and now and then blurs it, against noise that no real image has. After Simonyan et al., Deep Inside Convolutional Networks (arxiv.org/abs/1312.6034), Yosinski et al., Understanding Neural Networks Through Deep Visualization (arxiv.org/abs/1506.06579), and Olah et al., Feature Visualization (distill.pub/2017/feature-visualization).",
	PlainMethod:       "Plain: the tutorial's Figure 1, 20 steps of gradient ascent from grey noise, with nothing against noise. After F. Chollet, How convolutional neural networks see the world (blog.keras.io, 2016).",

	ImagesName:    "Filter images of %[1]s",
	ImageName:     "The image that %[1]s wants",
	ChooseImage:   "Choose an image of %[1]s with the arrow keys",
	Filter:        "filter %[1]d",
	Unit:          "unit %[1]d",
	Class:         "class %[1]s",
	FilterExcited: "mean of its map %[1]s, at first %[2]s",
	UnitExcited:   "value %[1]s, at first %[2]s",
	ClassExcited:  "logit %[1]s, at first %[2]s",
	Numbers:       "The numbers",
	Image:         "Image",
	AtFirst:       "at first",
	AtLast:        "now",
}

var filtersGerman = filtersWords{
	Tab:         "Filterbilder",
	LayerGroup:  "Schicht, für die gezeichnet wird",
	WayGroup:    "Art zu zeichnen",
	Regularised: "Regularisiert",
	Plain:       "Einfach",
	StopDrawing: "Zeichnen beenden",
	DrawAgain:   "Neu zeichnen",

	DrawingName:  "Fortschritt der Zeichnung",
	DrawingSteps: "%[1]s von %[2]s Schritten",
	NotBegun:     "nicht begonnen",
	Stopped:      "beendet",
	Slowly:       "langsam, solange das Netz lernt",

	Waiting:        "Die Bilder, die Filter sich wünschen, erscheinen hier, sobald es ein Netz gibt.",
	FiltersCaption: "Was {1:der eine|jeder der %[1]d} Filter von %[2]s sehen möchte: Rauschen, in %[3]d kleinen Schritten so verändert, dass der Filter überall auf seiner Karte stärker antwortet (Rauschen Nummer %[4]d).",
	UnitsCaption:   "Was {1:die eine Einheit|jede der %[1]d Einheiten} von %[2]s sehen möchte: Rauschen, in %[3]d kleinen Schritten so verändert, dass der Wert der Einheit wächst (Rauschen Nummer %[4]d).",
	ClassesCaption: "Was die %[1]d Klassen von %[2]s sehen möchten: Rauschen, in %[3]d kleinen Schritten so verändert, dass die Punktzahl der Klasse vor dem Softmax, ihr Logit, wächst (Rauschen Nummer %[4]d).",
	Untrained:      "Gezeichnet mit dem untrainierten Netz.",
	NetworkOfStep:  "Gezeichnet mit dem Netz von Schritt %[1]s.",
	Since:          "Das Netz hat sich seither verändert; „Neu zeichnen“ nimmt es, wie es jetzt ist.",

	RegularisedMethod: "Regularisiert: Jeder Schritt lässt das Bild auch ein wenig verblassen (L2) und verschiebt es um bis zu ein Pixel (Jitter), und ab und zu wird es weichgezeichnet, gegen Rauschen, das kein echtes Bild hat. Nach Simonyan et al., Deep Inside Convolutional Networks (arxiv.org/abs/1312.6034), Yosinski et al., Understanding Neural Networks Through Deep Visualization (arxiv.org/abs/1506.06579), und Olah et al., Feature Visualization (distill.pub/2017/feature-visualization).",
	PlainMethod:       "Einfach: Abbildung 1 des Tutorials, 20 Schritte Gradientenaufstieg von grauem Rauschen aus, ohne etwas gegen das Rauschen zu tun. Nach F. Chollet, How convolutional neural networks see the world (blog.keras.io, 2016).",

	ImagesName:    "Filterbilder von %[1]s",
	ImageName:     "Das gewünschte Bild: %[1]s",
	ChooseImage:   "Ein Bild von %[1]s mit den Pfeiltasten wählen",
	Filter:        "Filter %[1]d",
	Unit:          "Einheit %[1]d",
	Class:         "Klasse %[1]s",
	FilterExcited: "Mittel der Karte %[1]s, anfangs %[2]s",
	UnitExcited:   "Wert %[1]s, anfangs %[2]s",
	ClassExcited:  "Logit %[1]s, anfangs %[2]s",
	Numbers:       "Die Zahlen",
	Image:         "Bild",
	AtFirst:       "anfangs",
	AtLast:        "jetzt",
}

var filtersFrench = filtersWords{
	Tab:         "Images des filtres",
	LayerGroup:  "Couche à dessiner",
	WayGroup:    "Façon de dessiner",
	Regularised: "Régularisée",
	Plain:       "Simple",
	StopDrawing: "Arrêter le dessin",
	DrawAgain:   "Redessiner",

	DrawingName:  "Avancement du dessin",
	DrawingSteps: "%[1]s pas sur %[2]s",
	NotBegun:     "pas commencé",
	Stopped:      "arrêté",
	Slowly:       "lentement tant que le réseau s’entraîne",

	Waiting:        "Les images que veulent les filtres apparaissent ici dès qu’il y a un réseau.",
	FiltersCaption: "Ce que veut voir {1:le seul filtre|chacun des %[1]d filtres} de %[2]s : du bruit, modifié en %[3]d petits pas pour que le filtre réponde plus fort sur toute sa carte (bruit numéro %[4]d).",
	UnitsCaption:   "Ce que veut voir {1:la seule unité|chacune des %[1]d unités} de %[2]s : du bruit, modifié en %[3]d petits pas pour que la valeur de l’unité augmente (bruit numéro %[4]d).",
	ClassesCaption: "Ce que veulent voir les %[1]d classes de %[2]s : du bruit, modifié en %[3]d petits pas pour que le score de la classe avant softmax, son logit, augmente (bruit numéro %[4]d).",
	Untrained:      "Dessiné avec le réseau non entraîné.",
	NetworkOfStep:  "Dessiné avec le réseau du pas %[1]s.",
	Since:          "Le réseau a changé depuis ; « Redessiner » le prend tel qu’il est maintenant.",

	RegularisedMethod: "Régularisée : chaque pas estompe aussi un peu l’image (L2) et la décale d’un pixel au plus (jitter), et de temps en temps elle est floutée, contre un bruit qu’aucune vraie image n’a. D’après Simonyan et al., Deep Inside Convolutional Networks (arxiv.org/abs/1312.6034), Yosinski et al., Understanding Neural Networks Through Deep Visualization (arxiv.org/abs/1506.06579), et Olah et al., Feature Visualization (distill.pub/2017/feature-visualization).",
	PlainMethod:       "Simple : la figure 1 du tutoriel, 20 pas de montée de gradient à partir d’un bruit gris, sans rien contre le bruit. D’après F. Chollet, How convolutional neural networks see the world (blog.keras.io, 2016).",

	ImagesName:    "Images des filtres de %[1]s",
	ImageName:     "L’image voulue : %[1]s",
	ChooseImage:   "Choisir une image de %[1]s avec les flèches",
	Filter:        "filtre %[1]d",
	Unit:          "unité %[1]d",
	Class:         "classe %[1]s",
	FilterExcited: "moyenne de sa carte %[1]s, au départ %[2]s",
	UnitExcited:   "valeur %[1]s, au départ %[2]s",
	ClassExcited:  "logit %[1]s, au départ %[2]s",
	Numbers:       "Les nombres",
	Image:         "Image",
	AtFirst:       "au départ",
	AtLast:        "maintenant",
}

var filtersSpanish = filtersWords{
	Tab:         "Imágenes de filtros",
	LayerGroup:  "Capa que se dibuja",
	WayGroup:    "Modo de dibujar",
	Regularised: "Regularizado",
	Plain:       "Simple",
	StopDrawing: "Detener el dibujo",
	DrawAgain:   "Dibujar de nuevo",

	DrawingName:  "Progreso del dibujo",
	DrawingSteps: "%[1]s de %[2]s pasos",
	NotBegun:     "sin empezar",
	Stopped:      "detenido",
	Slowly:       "despacio mientras la red se entrena",

	Waiting:        "Las imágenes que quieren los filtros aparecen aquí en cuanto hay una red.",
	FiltersCaption: "Lo que quiere ver {1:el único filtro|cada uno de los %[1]d filtros} de %[2]s: ruido, cambiado en %[3]d pequeños pasos para que el filtro responda con más fuerza en todo su mapa (ruido número %[4]d).",
	UnitsCaption:   "Lo que quiere ver {1:la única unidad|cada una de las %[1]d unidades} de %[2]s: ruido, cambiado en %[3]d pequeños pasos para que crezca el valor de la unidad (ruido número %[4]d).",
	ClassesCaption: "Lo que quieren ver las %[1]d clases de %[2]s: ruido, cambiado en %[3]d pequeños pasos para que crezca la puntuación de la clase antes de softmax, su logit (ruido número %[4]d).",
	Untrained:      "Dibujado con la red sin entrenar.",
	NetworkOfStep:  "Dibujado con la red del paso %[1]s.",
	Since:          "La red ha cambiado desde entonces; «Dibujar de nuevo» la toma como está ahora.",

	RegularisedMethod: "Regularizado: cada paso también atenúa un poco la imagen (L2) y la desplaza hasta un píxel (jitter), y de vez en cuando se desenfoca, contra un ruido que ninguna imagen real tiene. Según Simonyan et al., Deep Inside Convolutional Networks (arxiv.org/abs/1312.6034), Yosinski et al., Understanding Neural Networks Through Deep Visualization (arxiv.org/abs/1506.06579), y Olah et al., Feature Visualization (distill.pub/2017/feature-visualization).",
	PlainMethod:       "Simple: la figura 1 del tutorial, 20 pasos de ascenso de gradiente desde ruido gris, sin nada contra el ruido. Según F. Chollet, How convolutional neural networks see the world (blog.keras.io, 2016).",

	ImagesName:    "Imágenes de filtros de %[1]s",
	ImageName:     "La imagen deseada: %[1]s",
	ChooseImage:   "Elegir una imagen de %[1]s con las flechas",
	Filter:        "filtro %[1]d",
	Unit:          "unidad %[1]d",
	Class:         "clase %[1]s",
	FilterExcited: "media de su mapa %[1]s, al principio %[2]s",
	UnitExcited:   "valor %[1]s, al principio %[2]s",
	ClassExcited:  "logit %[1]s, al principio %[2]s",
	Numbers:       "Los números",
	Image:         "Imagen",
	AtFirst:       "al principio",
	AtLast:        "ahora",
}
