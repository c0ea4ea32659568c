package app

// arrangeWords are those of the kernels' order, and of the dense layers'.
type arrangeWords struct {
	incomparable

	LayersGroup, Convolutions, Order, AsNumbered, ByNorm, ByLikeness string
	LongestFirst, AlikeNext, PinnedFirst, Pin, Unpin, PinHint        string

	Unit, PreviousUnit, NextUnit, DenseName, PictureName, ChoosePicture, ChooseWeight string
	DenseOverMaps, DenseOverUnits, DenseScale, NumbersName                            string
	UnitMap, RowColumn, Input, Bias                                                   string
}

var arrangeEnglish = arrangeWords{
	LayersGroup:  "Layers whose weights are shown",
	Convolutions: "Convolutions",
	Order:        "Order",
	AsNumbered:   "by number",
	ByNorm:       "by length",
	ByLikeness:   "by likeness",
	LongestFirst: "The filters with the largest weights (L2 norm) come first.",
	AlikeNext:    "Filters that look alike are neighbours.",
	PinnedFirst:  "Pinned, before all others: %[1]s.",
	Pin:          "Pin filter %[1]d",
	Unpin:        "Unpin filter %[1]d",
	PinHint:      "Or double-click it in the grid, or press Enter there.",

	Unit:           "Unit",
	PreviousUnit:   "Previous unit",
	NextUnit:       "Next unit",
	DenseName:      "Weights of %[1]s",
	PictureName:    "Weights of %[1]s",
	ChoosePicture:  "Choose a picture of %[1]s with the arrow keys",
	ChooseWeight:   "Choose a weight with the arrow keys",
	DenseOverMaps:  "%[1]s, unit %[2]d: its weights for the {3:one pooled map of %[4]d × %[5]d|%[3]d pooled maps of %[4]d × %[5]d, a picture for each}, %[6]s. Where it is orange the unit wants to see the map's feature, where it is blue it does not.",
	DenseOverUnits: "%[1]s: the {3:one weight|%[3]d weights} of each of its %[2]d units, %[4]s. The same place in each picture is the same unit of the layer before, row by row.",
	DenseScale:     "One scale for all that is shown.",
	NumbersName:    "The weights of %[1]s",
	UnitMap:        "unit %[1]d, map %[2]d",
	RowColumn:      "row %[1]d, column %[2]d",
	Input:          "input %[1]d",
	Bias:           "bias %[1]s",
}

var arrangeGerman = arrangeWords{
	LayersGroup:  "Schichten, deren Gewichte gezeigt werden",
	Convolutions: "Faltungen",
	Order:        "Ordnung",
	AsNumbered:   "nach Nummer",
	ByNorm:       "nach Länge",
	ByLikeness:   "nach Ähnlichkeit",
	LongestFirst: "Die Filter mit den größten Gewichten (L2-Norm) stehen vorn.",
	AlikeNext:    "Ähnliche Filter sind Nachbarn.",
	PinnedFirst:  "Angeheftet, vor allen anderen: %[1]s.",
	Pin:          "Filter %[1]d anheften",
	Unpin:        "Filter %[1]d lösen",
	PinHint:      "Oder im Raster doppelklicken oder dort Enter drücken.",

	Unit:           "Einheit",
	PreviousUnit:   "Vorige Einheit",
	NextUnit:       "Nächste Einheit",
	DenseName:      "Gewichte von %[1]s",
	PictureName:    "Gewichte: %[1]s",
	ChoosePicture:  "Ein Bild von %[1]s mit den Pfeiltasten wählen",
	ChooseWeight:   "Ein Gewicht mit den Pfeiltasten wählen",
	DenseOverMaps:  "%[1]s, Einheit %[2]d: ihre Gewichte für die {3:eine verkleinerte Karte von %[4]d × %[5]d|%[3]d verkleinerten Karten von %[4]d × %[5]d, ein Bild für jede}, %[6]s. Wo es orange ist, möchte die Einheit das Merkmal der Karte sehen, wo es blau ist, nicht.",
	DenseOverUnits: "%[1]s: {3:das eine Gewicht|die %[3]d Gewichte} jeder ihrer %[2]d Einheiten, %[4]s. Dieselbe Stelle in jedem Bild ist dieselbe Einheit der Schicht davor, Zeile für Zeile.",
	DenseScale:     "Eine Skala für alles, was gezeigt wird.",
	NumbersName:    "Die Gewichte: %[1]s",
	UnitMap:        "Einheit %[1]d, Karte %[2]d",
	RowColumn:      "Zeile %[1]d, Spalte %[2]d",
	Input:          "Eingang %[1]d",
	Bias:           "Bias %[1]s",
}

var arrangeFrench = arrangeWords{
	LayersGroup:  "Couches dont les poids sont montrés",
	Convolutions: "Convolutions",
	Order:        "Ordre",
	AsNumbered:   "par numéro",
	ByNorm:       "par longueur",
	ByLikeness:   "par ressemblance",
	LongestFirst: "Les filtres aux plus grands poids (norme L2) viennent d’abord.",
	AlikeNext:    "Les filtres qui se ressemblent sont voisins.",
	PinnedFirst:  "Épinglés, avant tous les autres : %[1]s.",
	Pin:          "Épingler le filtre %[1]d",
	Unpin:        "Détacher le filtre %[1]d",
	PinHint:      "Ou double-cliquez dessus dans la grille, ou appuyez-y sur Entrée.",

	Unit:           "Unité",
	PreviousUnit:   "Unité précédente",
	NextUnit:       "Unité suivante",
	DenseName:      "Poids de %[1]s",
	PictureName:    "Poids : %[1]s",
	ChoosePicture:  "Choisir une image de %[1]s avec les flèches",
	ChooseWeight:   "Choisir un poids avec les flèches",
	DenseOverMaps:  "%[1]s, unité %[2]d : ses poids pour {3:la carte réduite de %[4]d × %[5]d|les %[3]d cartes réduites de %[4]d × %[5]d, une image pour chacune}, %[6]s. Là où c’est orange, l’unité veut voir le motif de la carte ; là où c’est bleu, non.",
	DenseOverUnits: "%[1]s : {3:le seul poids|les %[3]d poids} de chacune de ses %[2]d unités, %[4]s. La même place dans chaque image est la même unité de la couche précédente, ligne par ligne.",
	DenseScale:     "Une seule échelle pour tout ce qui est montré.",
	NumbersName:    "Les poids : %[1]s",
	UnitMap:        "unité %[1]d, carte %[2]d",
	RowColumn:      "ligne %[1]d, colonne %[2]d",
	Input:          "entrée %[1]d",
	Bias:           "biais %[1]s",
}

var arrangeSpanish = arrangeWords{
	LayersGroup:  "Capas cuyos pesos se muestran",
	Convolutions: "Convoluciones",
	Order:        "Orden",
	AsNumbered:   "por número",
	ByNorm:       "por longitud",
	ByLikeness:   "por parecido",
	LongestFirst: "Los filtros con los mayores pesos (norma L2) van primero.",
	AlikeNext:    "Los filtros que se parecen son vecinos.",
	PinnedFirst:  "Fijados, antes que los demás: %[1]s.",
	Pin:          "Fijar el filtro %[1]d",
	Unpin:        "Soltar el filtro %[1]d",
	PinHint:      "O haga doble clic en la cuadrícula, o pulse Intro allí.",

	Unit:           "Unidad",
	PreviousUnit:   "Unidad anterior",
	NextUnit:       "Unidad siguiente",
	DenseName:      "Pesos de %[1]s",
	PictureName:    "Pesos: %[1]s",
	ChoosePicture:  "Elegir una imagen de %[1]s con las flechas",
	ChooseWeight:   "Elegir un peso con las flechas",
	DenseOverMaps:  "%[1]s, unidad %[2]d: sus pesos para {3:el mapa reducido de %[4]d × %[5]d|los %[3]d mapas reducidos de %[4]d × %[5]d, una imagen para cada uno}, %[6]s. Donde es naranja, la unidad quiere ver el rasgo del mapa; donde es azul, no.",
	DenseOverUnits: "%[1]s: {3:el único peso|los %[3]d pesos} de cada una de sus %[2]d unidades, %[4]s. El mismo lugar en cada imagen es la misma unidad de la capa anterior, fila por fila.",
	DenseScale:     "Una sola escala para todo lo que se muestra.",
	NumbersName:    "Los pesos: %[1]s",
	UnitMap:        "unidad %[1]d, mapa %[2]d",
	RowColumn:      "fila %[1]d, columna %[2]d",
	Input:          "entrada %[1]d",
	Bias:           "sesgo %[1]s",
}
