package app

import "fmt"

// arithmeticWords are those of the lens on the arithmetic behind a value.
type arithmeticWords struct {
	incomparable

	Name, Lead, NoTrace string

	// The choice of a value, and where it lies.
	Layer, Map, Row, Column, Unit, Back, ChooseValue, AtMap, AtUnit, AtPlace string
	Output, Input, OutputMap, OutputUnits, InputMap, InputImage              string

	// What a layer does.
	ConvolveSays, ChannelsSay, Patch, Kernel, Products, WeighSays, Value, Weight, Product string
	PoolSays, PoolWinner, ReLUSays, DropSays, FlattenSays, SoftmaxSays, Probability       string
	ChannelSum, ProductSum, ListedSum, Others, Bias, Sum, InMap, After, Rounded, FastSum  string
	GoTo, SeeStep                                                                         string

	// What a training step did.
	Backward, BackwardSays, NoStep, AtStep, Gradient, MeanSquare, Delta, MeanDelta string
	Momentum, Mean, Orthogonal, NewWeight, Difference                              string
}

// place says where a value lies in its layer's output.
func (w *arithmeticWords) place(at located) string {
	if len(at.shape) == 3 {
		return fmt.Sprintf(w.AtMap, at.C, at.Y, at.X)
	}
	return fmt.Sprintf(w.AtUnit, at.C)
}

func (w *arithmeticWords) placeIn(layer string, at located) string {
	return fmt.Sprintf(w.AtPlace, layer, w.place(at))
}

func (w *arithmeticWords) outputCaption(at located) string {
	if len(at.shape) == 3 {
		return fmt.Sprintf(w.OutputMap, at.C)
	}
	return w.OutputUnits
}

// inputCaption tells of a map of a layer, or of the image if there is no layer.
func (w *arithmeticWords) inputCaption(layer string, channel int) string {
	if layer == "" {
		return w.InputImage
	}
	return fmt.Sprintf(w.InputMap, layer, channel)
}

var englishArithmetic = arithmeticWords{
	Name:         "Arithmetic",
	Lead:         "Choose a value of a layer and see the numbers that it is made of. Each of them leads to where it comes from.",
	NoTrace:      "The arithmetic appears here as soon as there is an image.",
	Layer:        "Layer",
	Map:          "map",
	Row:          "row",
	Column:       "column",
	Unit:         "unit",
	Back:         "Back",
	AtMap:        "map %[1]d, row %[2]d, column %[3]d",
	AtUnit:       "unit %[1]d",
	AtPlace:      "%[1]s, %[2]s",
	Output:       "Output of %[1]s",
	Input:        "Input of %[1]s",
	ChooseValue:  "Choose a value of %[1]s with the arrow keys",
	OutputMap:    "Map %[1]d. The frame marks the chosen value; a click or the arrow keys choose another.",
	OutputUnits:  "All values, row by row. A click or the arrow keys choose one.",
	InputMap:     "Map %[2]d of %[1]s. The frame marks what the value is made of.",
	InputImage:   "The chosen image. The frame marks the pixels that the value is made of.",
	ConvolveSays: "{1:The one value in the frame is|The %[1]d × %[2]d values in the frame are} multiplied by the kernel{1:. The product|, one by one. All products} and the bias, a learnt number of each filter, add up to the value.",
	ChannelsSay:  "The sum of the products for {1:the one input channel|each of the %[1]d input channels. Choose one to see it in full}.",
	Patch:        "Values",
	Kernel:       "Kernel",
	Products:     "Products",
	ChannelSum:   "Sum of channel %[1]d",
	ProductSum:   "{1:The product|Sum of all %[1]s products}",
	ListedSum:    "{1:This one|Sum of these %[1]d}",
	Others:       "{1:The other one|The %[1]s others}",
	Bias:         "Bias",
	Sum:          "Sum",
	InMap:        "In “%[1]s”",
	After:        "After %[1]s",
	Rounded:      "Numbers are rounded to %[1]d decimals.",
	FastSum:      "The feature map is computed by a faster algorithm (Winograd's), which rounds elsewhere: here it differs from the sum by %[1]s, at most it can by %[2]s.",
	WeighSays:    "{1:The one input is multiplied by its weight|Each of the %[1]s inputs is multiplied by a weight of its own. These are the %[2]d largest contributions}.",
	Value:        "value",
	Weight:       "× weight",
	Product:      "= product",
	PoolSays:     "Max pooling {1:over a single value keeps it|keeps the largest of these %[1]d values. In training only that one gets the gradient}.",
	PoolWinner:   "The largest is %[1]s, at %[2]s.",
	ReLUSays:     "ReLU lets what is positive through and makes all else 0.",
	DropSays:     "Dropout sets values to 0 by chance while training. For an answer, as here, it lets everything through.",
	FlattenSays:  "Flatten changes no value, only its address: %[1]s becomes unit %[2]d.",
	SoftmaxSays:  "The largest value, %[1]s, is taken off each, the exponential function makes them positive, and each is divided by their sum: the shares are the probabilities.",
	Probability:  "probability",
	GoTo:         "%[1]s: go to %[2]s",
	SeeStep:      "%[1]s: see the last step of this weight",
	Backward:     "Backward: the last step of a weight",
	BackwardSays: "How training changed the weight that is chosen above:",
	NoStep:       "The last training step of these weights was not seen. Train with this tab open, and each one appears here.",
	AtStep:       "Training step %[1]s",
	Gradient:     "Gradient of the batch's mean loss",
	MeanSquare:   "Running mean of its square",
	Delta:        "Adadelta's step",
	MeanDelta:    "Running mean of the step's square",
	Momentum:     "Momentum",
	Mean:         "Running mean of the gradient",
	Orthogonal:   "Gradient and momentum, the whole kernel made orthogonal",
	NewWeight:    "The new weight",
	Difference:   "New weight minus old",
}

var germanArithmetic = arithmeticWords{
	Name:         "Rechnung",
	Lead:         "Wählen Sie einen Wert einer Schicht und sehen Sie die Zahlen, aus denen er entsteht. Jede von ihnen führt dorthin, woher sie kommt.",
	NoTrace:      "Die Rechnung erscheint hier, sobald es ein Bild gibt.",
	Layer:        "Schicht",
	Map:          "Karte",
	Row:          "Zeile",
	Column:       "Spalte",
	Unit:         "Einheit",
	Back:         "Zurück",
	AtMap:        "Karte %[1]d, Zeile %[2]d, Spalte %[3]d",
	AtUnit:       "Einheit %[1]d",
	AtPlace:      "%[1]s, %[2]s",
	Output:       "Ausgabe von %[1]s",
	Input:        "Eingabe von %[1]s",
	ChooseValue:  "Wert von %[1]s mit den Pfeiltasten wählen",
	OutputMap:    "Karte %[1]d. Der Rahmen zeigt den gewählten Wert; ein Klick oder die Pfeiltasten wählen einen anderen.",
	OutputUnits:  "Alle Werte, Zeile für Zeile. Ein Klick oder die Pfeiltasten wählen einen.",
	InputMap:     "Karte %[2]d von %[1]s. Der Rahmen zeigt, woraus der Wert entsteht.",
	InputImage:   "Das gewählte Bild. Der Rahmen zeigt die Pixel, aus denen der Wert entsteht.",
	ConvolveSays: "{1:Der eine Wert im Rahmen wird|Die %[1]d × %[2]d Werte im Rahmen werden einzeln} mit dem Kern multipliziert. {1:Das Produkt|Alle Produkte} und der Bias, eine gelernte Zahl jedes Filters, ergeben zusammen den Wert.",
	ChannelsSay:  "Die Summe der Produkte für {1:den einen Eingangskanal|jeden der %[1]d Eingangskanäle. Wählen Sie einen, um ihn ganz zu sehen}.",
	Patch:        "Werte",
	Kernel:       "Kern",
	Products:     "Produkte",
	ChannelSum:   "Summe von Kanal %[1]d",
	ProductSum:   "{1:Das Produkt|Summe aller %[1]s Produkte}",
	ListedSum:    "{1:Dieser|Summe dieser %[1]d}",
	Others:       "{1:Der andere|Die %[1]s anderen}",
	Bias:         "Bias",
	Sum:          "Summe",
	InMap:        "In „%[1]s“",
	After:        "Nach %[1]s",
	Rounded:      "Die Zahlen sind auf %[1]d Stellen gerundet.",
	FastSum:      "Die Merkmalskarte wird mit einem schnelleren Verfahren (nach Winograd) berechnet, das an anderen Stellen rundet: hier weicht es um %[1]s von der Summe ab, höchstens kann es um %[2]s.",
	WeighSays:    "{1:Die eine Eingabe wird mit ihrem Gewicht multipliziert|Jede der %[1]s Eingaben wird mit einem eigenen Gewicht multipliziert. Das sind die %[2]d größten Beiträge}.",
	Value:        "Wert",
	Weight:       "× Gewicht",
	Product:      "= Produkt",
	PoolSays:     "Max-Pooling {1:über einen einzigen Wert behält ihn|behält den größten dieser %[1]d Werte. Beim Training bekommt nur er den Gradienten}.",
	PoolWinner:   "Der größte ist %[1]s, bei %[2]s.",
	ReLUSays:     "ReLU lässt durch, was positiv ist, und macht alles andere zu 0.",
	DropSays:     "Dropout setzt Werte beim Training zufällig auf 0. Für eine Antwort, wie hier, lässt es alles durch.",
	FlattenSays:  "Flatten ändert keinen Wert, nur seine Adresse: %[1]s wird Einheit %[2]d.",
	SoftmaxSays:  "Der größte Wert, %[1]s, wird von jedem abgezogen, die Exponentialfunktion macht sie positiv, und jeder wird durch ihre Summe geteilt: Die Anteile sind die Wahrscheinlichkeiten.",
	Probability:  "Wahrscheinlichkeit",
	GoTo:         "%[1]s: gehe zu %[2]s",
	SeeStep:      "%[1]s: den letzten Schritt dieses Gewichts ansehen",
	Backward:     "Rückwärts: der letzte Schritt eines Gewichts",
	BackwardSays: "So hat das Training das Gewicht geändert, das oben gewählt ist:",
	NoStep:       "Der letzte Trainingsschritt dieser Gewichte wurde nicht gesehen. Trainieren Sie mit diesem Reiter offen, und jeder erscheint hier.",
	AtStep:       "Trainingsschritt %[1]s",
	Gradient:     "Gradient des mittleren Verlusts im Batch",
	MeanSquare:   "Laufendes Mittel seines Quadrats",
	Delta:        "Adadeltas Schritt",
	MeanDelta:    "Laufendes Mittel des Schrittquadrats",
	Momentum:     "Momentum",
	Mean:         "Laufendes Mittel des Gradienten",
	Orthogonal:   "Gradient und Momentum, der ganze Kern orthogonal gemacht",
	NewWeight:    "Das neue Gewicht",
	Difference:   "Neues Gewicht minus altes",
}

var frenchArithmetic = arithmeticWords{
	Name:         "Calcul",
	Lead:         "Choisissez une valeur d'une couche et voyez les nombres dont elle est faite. Chacun mène là d'où il vient.",
	NoTrace:      "Le calcul apparaît ici dès qu'il y a une image.",
	Layer:        "Couche",
	Map:          "carte",
	Row:          "ligne",
	Column:       "colonne",
	Unit:         "unité",
	Back:         "Retour",
	AtMap:        "carte %[1]d, ligne %[2]d, colonne %[3]d",
	AtUnit:       "unité %[1]d",
	AtPlace:      "%[1]s, %[2]s",
	Output:       "Sortie de %[1]s",
	Input:        "Entrée de %[1]s",
	ChooseValue:  "Choisir une valeur de %[1]s avec les flèches",
	OutputMap:    "Carte %[1]d. Le cadre marque la valeur choisie ; un clic ou les flèches en choisissent une autre.",
	OutputUnits:  "Toutes les valeurs, ligne par ligne. Un clic ou les flèches en choisissent une.",
	InputMap:     "Carte %[2]d de %[1]s. Le cadre marque ce dont la valeur est faite.",
	InputImage:   "L'image choisie. Le cadre marque les pixels dont la valeur est faite.",
	ConvolveSays: "{1:La seule valeur dans le cadre est multipliée|Les %[1]d × %[2]d valeurs dans le cadre sont multipliées une à une} par le noyau. {1:Le produit|Tous les produits} et le biais, un nombre appris de chaque filtre, font ensemble la valeur.",
	ChannelsSay:  "La somme des produits pour {1:le seul canal d'entrée|chacun des %[1]d canaux d'entrée. Choisissez-en un pour le voir en entier}.",
	Patch:        "Valeurs",
	Kernel:       "Noyau",
	Products:     "Produits",
	ChannelSum:   "Somme du canal %[1]d",
	ProductSum:   "{1:Le produit|Somme des %[1]s produits}",
	ListedSum:    "{1:Celle-ci|Somme de ces %[1]d}",
	Others:       "{1:L'autre|Les %[1]s autres}",
	Bias:         "Biais",
	Sum:          "Somme",
	InMap:        "Dans « %[1]s »",
	After:        "Après %[1]s",
	Rounded:      "Les nombres sont arrondis à %[1]d décimales.",
	FastSum:      "La carte est calculée par un algorithme plus rapide (de Winograd), qui arrondit ailleurs : ici elle s'écarte de la somme de %[1]s, au plus elle peut de %[2]s.",
	WeighSays:    "{1:La seule entrée est multipliée par son poids|Chacune des %[1]s entrées est multipliée par un poids à elle. Voici les %[2]d plus grandes contributions}.",
	Value:        "valeur",
	Weight:       "× poids",
	Product:      "= produit",
	PoolSays:     "Le max-pooling {1:sur une seule valeur la garde|garde la plus grande de ces %[1]d valeurs. À l'entraînement, elle seule reçoit le gradient}.",
	PoolWinner:   "La plus grande est %[1]s : %[2]s.",
	ReLUSays:     "ReLU laisse passer ce qui est positif et met le reste à 0.",
	DropSays:     "Le dropout met des valeurs à 0 au hasard pendant l'entraînement. Pour une réponse, comme ici, il laisse tout passer.",
	FlattenSays:  "Flatten ne change aucune valeur, seulement son adresse : %[1]s devient l'unité %[2]d.",
	SoftmaxSays:  "On retire à chaque valeur la plus grande, %[1]s, l'exponentielle les rend positives, et chacune est divisée par leur somme : les parts sont les probabilités.",
	Probability:  "probabilité",
	GoTo:         "%[1]s : aller à %[2]s",
	SeeStep:      "%[1]s : voir le dernier pas de ce poids",
	Backward:     "En arrière : le dernier pas d'un poids",
	BackwardSays: "Comment l'entraînement a changé le poids choisi ci-dessus :",
	NoStep:       "Le dernier pas d'entraînement de ces poids n'a pas été vu. Entraînez avec cet onglet ouvert, et chacun apparaît ici.",
	AtStep:       "Pas d'entraînement %[1]s",
	Gradient:     "Gradient de la perte moyenne du lot",
	MeanSquare:   "Moyenne glissante de son carré",
	Delta:        "Le pas d'Adadelta",
	MeanDelta:    "Moyenne glissante du carré du pas",
	Momentum:     "Moment",
	Mean:         "Moyenne glissante du gradient",
	Orthogonal:   "Gradient et moment, le noyau entier rendu orthogonal",
	NewWeight:    "Le nouveau poids",
	Difference:   "Nouveau poids moins l'ancien",
}

var spanishArithmetic = arithmeticWords{
	Name:         "Cálculo",
	Lead:         "Elija un valor de una capa y vea los números de los que está hecho. Cada uno lleva al lugar de donde viene.",
	NoTrace:      "El cálculo aparece aquí en cuanto hay una imagen.",
	Layer:        "Capa",
	Map:          "mapa",
	Row:          "fila",
	Column:       "columna",
	Unit:         "unidad",
	Back:         "Volver",
	AtMap:        "mapa %[1]d, fila %[2]d, columna %[3]d",
	AtUnit:       "unidad %[1]d",
	AtPlace:      "%[1]s, %[2]s",
	Output:       "Salida de %[1]s",
	Input:        "Entrada de %[1]s",
	ChooseValue:  "Elija un valor de %[1]s con las flechas",
	OutputMap:    "Mapa %[1]d. El marco señala el valor elegido; un clic o las flechas eligen otro.",
	OutputUnits:  "Todos los valores, fila por fila. Un clic o las flechas eligen uno.",
	InputMap:     "Mapa %[2]d de %[1]s. El marco señala de qué está hecho el valor.",
	InputImage:   "La imagen elegida. El marco señala los píxeles de los que está hecho el valor.",
	ConvolveSays: "{1:El único valor en el marco se multiplica|Los %[1]d × %[2]d valores en el marco se multiplican uno a uno} por el núcleo. {1:El producto|Todos los productos} y el sesgo, un número aprendido de cada filtro, suman el valor.",
	ChannelsSay:  "La suma de los productos de {1:el único canal de entrada|cada uno de los %[1]d canales de entrada. Elija uno para verlo entero}.",
	Patch:        "Valores",
	Kernel:       "Núcleo",
	Products:     "Productos",
	ChannelSum:   "Suma del canal %[1]d",
	ProductSum:   "{1:El producto|Suma de los %[1]s productos}",
	ListedSum:    "{1:Esta|Suma de estas %[1]d}",
	Others:       "{1:La otra|Las otras %[1]s}",
	Bias:         "Sesgo",
	Sum:          "Suma",
	InMap:        "En «%[1]s»",
	After:        "Después de %[1]s",
	Rounded:      "Los números están redondeados a %[1]d decimales.",
	FastSum:      "El mapa se calcula con un algoritmo más rápido (de Winograd), que redondea en otros puntos: aquí se aparta de la suma en %[1]s; como mucho puede en %[2]s.",
	WeighSays:    "{1:La única entrada se multiplica por su peso|Cada una de las %[1]s entradas se multiplica por un peso propio. Estas son las %[2]d mayores contribuciones}.",
	Value:        "valor",
	Weight:       "× peso",
	Product:      "= producto",
	PoolSays:     "El max-pooling {1:sobre un único valor lo conserva|conserva el mayor de estos %[1]d valores. En el entrenamiento solo ese recibe el gradiente}.",
	PoolWinner:   "El mayor es %[1]s, en %[2]s.",
	ReLUSays:     "ReLU deja pasar lo positivo y convierte todo lo demás en 0.",
	DropSays:     "Dropout pone valores a 0 al azar durante el entrenamiento. Para una respuesta, como aquí, lo deja pasar todo.",
	FlattenSays:  "Flatten no cambia ningún valor, solo su dirección: %[1]s pasa a ser la unidad %[2]d.",
	SoftmaxSays:  "A cada valor se le resta el mayor, %[1]s, la exponencial los hace positivos, y cada uno se divide por su suma: las partes son las probabilidades.",
	Probability:  "probabilidad",
	GoTo:         "%[1]s: ir a %[2]s",
	SeeStep:      "%[1]s: ver el último paso de este peso",
	Backward:     "Hacia atrás: el último paso de un peso",
	BackwardSays: "Así cambió el entrenamiento el peso elegido arriba:",
	NoStep:       "El último paso de entrenamiento de estos pesos no se ha visto. Entrene con esta pestaña abierta, y cada uno aparecerá aquí.",
	AtStep:       "Paso de entrenamiento %[1]s",
	Gradient:     "Gradiente de la pérdida media del lote",
	MeanSquare:   "Media móvil de su cuadrado",
	Delta:        "El paso de Adadelta",
	MeanDelta:    "Media móvil del cuadrado del paso",
	Momentum:     "Momento",
	Mean:         "Media móvil del gradiente",
	Orthogonal:   "Gradiente y momento, todo el núcleo hecho ortogonal",
	NewWeight:    "El nuevo peso",
	Difference:   "Peso nuevo menos el anterior",
}
