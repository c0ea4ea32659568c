package app

import (
	"fmt"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// layerWords say in plain words what happens on the way from an image to an
// answer, and in training.
type layerWords struct {
	incomparable

	Flow, ConvImage, ConvMaps, ReLUMaps, ReLUUnits, Pool, Dropout, DropoutNone string
	Flatten, Dense, DenseLast, Softmax, Kernels, Training                      string
}

var layersEnglish = layerWords{
	Flow:        "An image goes in on the left, an answer comes out on the right. Each layer works on what the one before it has made. Choose one to see what it makes of this image. Arithmetic shows how each single value comes about.",
	ConvImage:   "{1:One kernel|%[1]d kernels} of %[2]d × %[2]d {2:weight is|weights are} moved over the image, place by place. {1:It makes a map|Each makes a map}: orange where the image is like the kernel's pattern, blue where it is like the opposite. A value of a map is the sum of the pixels under the kernel, each times the weight there, and of a bias: one more learnt number. On blank paper only the bias is left.",
	ConvMaps:    "The same again, but {1:the filter|each of the %[1]d filters} has a kernel for {2:the map before it|each of the %[2]d maps before it and adds up what they give}: it can find a pattern made of patterns, such as a corner or the end of a stroke.",
	ReLUMaps:    "Whatever is below zero becomes zero. What stays says where a pattern was found, and how clearly: purple is zero, yellow the most.",
	ReLUUnits:   "Whatever is below zero becomes zero: a unit answers, or it is silent.",
	Pool:        "{1:Every value stays as it is.|Of every %[1]d × %[1]d values only the largest stays. The maps become smaller, and it matters less where exactly a pattern was.}",
	Dropout:     "In training, %[1]s of the values are set to zero at random in every step, so that the network relies on no single one. Here, as whenever it answers, all of them pass.",
	DropoutNone: "With a rate of 0 it lets all values pass, in training too.",
	Flatten:     "The maps are written one after the other into one row of %[1]s values. Nothing is lost, and nothing is computed.",
	Dense:       "{1:The unit|Each of the %[1]d units} multiplies all %[2]s values by weights of its own and adds them up. So a unit stands for a mixture of patterns in certain places.",
	DenseLast:   "One unit for each class, in order. It adds up what speaks for its class and what speaks against it: the score of the class, its logit.",
	Softmax:     "The %[1]d scores become probabilities: the larger a score, the larger its share, and all shares together are 1. The largest is the answer.",
	Kernels:     "What the network has learnt, as pictures: each small square is a kernel, a pattern of weights that is moved over one channel: the image, or one map of the layer before. All kernels that together make one map are a filter. Orange weights add what lies under them, blue ones subtract it. Untrained, they are noise. Feature maps shows the way of an image through them.",
	Training:    "In each step the network answers for %[1]s {1:image|images}, a batch, and the loss says how far the answers are from the right ones. The gradient of a weight says how the loss changes with it, and each weight is moved a little so that the loss falls. An epoch is once through all %[2]s training images.",
}

var layersGerman = layerWords{
	Flow:        "Links geht ein Bild hinein, rechts kommt eine Antwort heraus. Jede Schicht arbeitet mit dem, was die vorige gemacht hat. Wählen Sie eine, um zu sehen, was sie aus diesem Bild macht. Rechnung zeigt, wie jeder einzelne Wert zustande kommt.",
	ConvImage:   "{1:Ein Filterkern|%[1]d Filterkerne} aus %[2]d × %[2]d {2:Gewicht|Gewichten} {1:wird|werden} Stelle für Stelle über das Bild geschoben. {1:Er|Jeder} macht eine Karte: orange, wo das Bild dem Muster des Kerns gleicht, blau, wo es dem Gegenteil gleicht. Ein Wert einer Karte ist die Summe der Pixel unter dem Kern, jedes mal das Gewicht dort, und eines Bias: noch einer gelernten Zahl. Auf leerem Papier bleibt nur der Bias.",
	ConvMaps:    "Noch einmal dasselbe, aber {1:der Filter|jeder der %[1]d Filter} hat {2:einen Kern für die Karte davor|für jede der %[2]d Karten davor einen Kern und zählt zusammen, was sie ergeben}: So kann er ein Muster aus Mustern finden, etwa eine Ecke oder das Ende eines Strichs.",
	ReLUMaps:    "Was unter null liegt, wird null. Was bleibt, sagt, wo ein Muster gefunden wurde und wie deutlich: Violett ist null, Gelb das meiste.",
	ReLUUnits:   "Was unter null liegt, wird null: Eine Einheit antwortet, oder sie schweigt.",
	Pool:        "{1:Jeder Wert bleibt, wie er ist.|Von je %[1]d × %[1]d Werten bleibt nur der größte. Die Karten werden kleiner, und es kommt weniger darauf an, wo genau ein Muster war.}",
	Dropout:     "Im Training werden in jedem Schritt zufällig %[1]s der Werte null gesetzt, damit sich das Netz auf keinen einzelnen verlässt. Hier kommen alle durch, wie immer, wenn es antwortet.",
	DropoutNone: "Mit der Rate 0 lässt sie alle Werte durch, auch im Training.",
	Flatten:     "Die Karten werden hintereinander in eine Reihe von %[1]s Werten geschrieben. Nichts geht verloren, und nichts wird gerechnet.",
	Dense:       "{1:Die Einheit|Jede der %[1]d Einheiten} multipliziert alle %[2]s Werte mit eigenen Gewichten und zählt sie zusammen. So steht eine Einheit für eine Mischung von Mustern an bestimmten Stellen.",
	DenseLast:   "Eine Einheit für jede Klasse, der Reihe nach. Sie zählt zusammen, was für ihre Klasse spricht und was dagegen: die Punktzahl der Klasse, ihr Logit.",
	Softmax:     "Aus den %[1]d Punktzahlen werden Wahrscheinlichkeiten: je größer eine Punktzahl, desto größer ihr Anteil, und alle Anteile zusammen sind 1. Der größte ist die Antwort.",
	Kernels:     "Was das Netz gelernt hat, als Bilder: Jedes kleine Quadrat ist ein Filterkern, ein Muster aus Gewichten, das über einen Kanal geschoben wird: das Bild oder eine Karte der vorigen Schicht. Alle Kerne, die zusammen eine Karte machen, sind ein Filter. Orange Gewichte zählen hinzu, was unter ihnen liegt, blaue ziehen es ab. Untrainiert sind sie Rauschen. Merkmalskarten zeigt den Weg eines Bildes durch sie.",
	Training:    "In jedem Schritt antwortet das Netz auf %[1]s {1:Bild|Bilder}, einen Batch, und der Verlust sagt, wie weit die Antworten von den richtigen entfernt sind. Der Gradient eines Gewichts sagt, wie sich der Verlust mit ihm ändert, und jedes Gewicht wird ein wenig so verschoben, dass der Verlust sinkt. Eine Epoche ist einmal durch alle %[2]s Trainingsbilder.",
}

var layersFrench = layerWords{
	Flow:        "Une image entre à gauche, une réponse sort à droite. Chaque couche travaille sur ce que la précédente a fait. Choisissez-en une pour voir ce qu’elle fait de cette image. Calcul montre comment chaque valeur est obtenue.",
	ConvImage:   "{1:Un noyau|%[1]d noyaux} de %[2]d × %[2]d poids {1:passe|passent} sur l’image, place par place. {1:Il fait une carte|Chacun fait une carte} : orange où l’image ressemble au motif du noyau, bleue où elle ressemble à son contraire. Une valeur d’une carte est la somme des pixels sous le noyau, chacun fois le poids à cet endroit, et d’un biais : encore un nombre appris. Sur du papier blanc, il ne reste que le biais.",
	ConvMaps:    "De même, mais {1:le filtre|chacun des %[1]d filtres} a un noyau pour {2:la carte précédente|chacune des %[2]d cartes précédentes et additionne ce qu’ils donnent} : il peut trouver un motif fait de motifs, comme un angle ou le bout d’un trait.",
	ReLUMaps:    "Tout ce qui est au-dessous de zéro devient zéro. Ce qui reste dit où un motif a été trouvé, et avec quelle netteté : le violet est zéro, le jaune le plus.",
	ReLUUnits:   "Tout ce qui est au-dessous de zéro devient zéro : une unité répond, ou elle se tait.",
	Pool:        "{1:Chaque valeur reste ce qu’elle est.|De %[1]d × %[1]d valeurs, seule la plus grande reste. Les cartes deviennent plus petites, et la place exacte d’un motif compte moins.}",
	Dropout:     "À l’entraînement, %[1]s des valeurs sont mises à zéro au hasard à chaque pas, pour que le réseau ne compte sur aucune en particulier. Ici, comme chaque fois qu’il répond, toutes passent.",
	DropoutNone: "Avec un taux de 0 elle laisse passer toutes les valeurs, à l’entraînement aussi.",
	Flatten:     "Les cartes sont écrites l’une après l’autre en une rangée de %[1]s valeurs. Rien n’est perdu, et rien n’est calculé.",
	Dense:       "{1:L’unité|Chacune des %[1]d unités} multiplie les %[2]s valeurs par ses propres poids et les additionne. Une unité représente ainsi un mélange de motifs à certaines places.",
	DenseLast:   "Une unité par classe, dans l’ordre. Elle additionne ce qui parle pour sa classe et ce qui parle contre : le score de la classe, son logit.",
	Softmax:     "Les %[1]d scores deviennent des probabilités : plus un score est grand, plus sa part l’est, et toutes les parts ensemble font 1. La plus grande est la réponse.",
	Kernels:     "Ce que le réseau a appris, en images : chaque petit carré est un noyau, un motif de poids qui passe sur un canal : l’image, ou une carte de la couche précédente. Tous les noyaux qui font ensemble une carte sont un filtre. Les poids orange ajoutent ce qui est sous eux, les bleus le retranchent. Sans entraînement, ce n’est que du bruit. Cartes de caractéristiques montre le chemin d’une image à travers eux.",
	Training:    "À chaque pas, le réseau répond pour %[1]s {1:image|images}, un lot, et la perte dit à quel point les réponses sont loin des bonnes. Le gradient d’un poids dit comment la perte change avec lui, et chaque poids est déplacé un peu pour que la perte baisse. Une époque, c’est une fois toutes les %[2]s images d’entraînement.",
}

var layersSpanish = layerWords{
	Flow:        "Una imagen entra por la izquierda y una respuesta sale por la derecha. Cada capa trabaja con lo que hizo la anterior. Elija una para ver qué hace con esta imagen. Cálculo muestra cómo resulta cada valor.",
	ConvImage:   "{1:Un núcleo|%[1]d núcleos} de %[2]d × %[2]d {2:peso|pesos} {1:pasa|pasan} por la imagen, lugar por lugar. {1:Hace un mapa|Cada uno hace un mapa}: naranja donde la imagen se parece al patrón del núcleo, azul donde se parece a su contrario. Un valor de un mapa es la suma de los píxeles bajo el núcleo, cada uno por el peso en ese lugar, y de un sesgo: un número aprendido más. Sobre papel en blanco solo queda el sesgo.",
	ConvMaps:    "Lo mismo otra vez, pero {1:el filtro|cada uno de los %[1]d filtros} tiene un núcleo para {2:el mapa anterior|cada uno de los %[2]d mapas anteriores y suma lo que dan}: puede encontrar un patrón hecho de patrones, como una esquina o el final de un trazo.",
	ReLUMaps:    "Todo lo que está por debajo de cero se vuelve cero. Lo que queda dice dónde se encontró un patrón, y con qué claridad: violeta es cero, amarillo lo máximo.",
	ReLUUnits:   "Todo lo que está por debajo de cero se vuelve cero: una unidad responde, o calla.",
	Pool:        "{1:Cada valor queda como es.|De cada %[1]d × %[1]d valores solo queda el mayor. Los mapas se hacen más pequeños, e importa menos dónde estaba exactamente un patrón.}",
	Dropout:     "Durante el entrenamiento, en cada paso el %[1]s de los valores se pone a cero al azar, para que la red no dependa de ninguno en particular. Aquí pasan todos, como siempre que responde.",
	DropoutNone: "Con una tasa de 0 deja pasar todos los valores, también durante el entrenamiento.",
	Flatten:     "Los mapas se escriben uno tras otro en una sola fila de %[1]s valores. No se pierde nada y no se calcula nada.",
	Dense:       "{1:La unidad|Cada una de las %[1]d unidades} multiplica los %[2]s valores por pesos propios y los suma. Así, una unidad representa una mezcla de patrones en ciertos lugares.",
	DenseLast:   "Una unidad por clase, por orden. Suma lo que habla a favor de su clase y lo que habla en contra: la puntuación de la clase, su logit.",
	Softmax:     "Las %[1]d puntuaciones se vuelven probabilidades: cuanto mayor es una puntuación, mayor es su parte, y todas las partes juntas son 1. La mayor es la respuesta.",
	Kernels:     "Lo que la red ha aprendido, en imágenes: cada cuadrito es un núcleo, un patrón de pesos que pasa por un canal: la imagen, o un mapa de la capa anterior. Todos los núcleos que juntos hacen un mapa son un filtro. Los pesos naranjas suman lo que hay debajo de ellos, los azules lo restan. Sin entrenar, son ruido. Mapas de características muestra el camino de una imagen a través de ellos.",
	Training:    "En cada paso la red responde a %[1]s {1:imagen|imágenes}, un lote, y la pérdida dice lo lejos que están las respuestas de las correctas. El gradiente de un peso dice cómo cambia la pérdida con él, y cada peso se mueve un poco para que la pérdida baje. Una época es una vez por todas las %[2]s imágenes de entrenamiento.",
}

// layerSays says what the layer i of a network does with what it is given, ""
// of a layer that is none of the tutorial's.
func (w *words) layerSays(m *wire.Model, i int) string {
	l, in := m.Layers[i], m.InputShape
	if i > 0 {
		in = m.Layers[i-1].OutShape
	}
	out := l.OutShape[0]
	switch l.Type {
	case "Conv2D":
		if i == 0 {
			return w.fill(w.Layers.ConvImage, out, configNumber(l, "kernel_size"))
		}
		return w.fill(w.Layers.ConvMaps, out, in[0])
	case "MaxPooling2D":
		return w.fill(w.Layers.Pool, configNumber(l, "pool_size"))
	case "Dropout":
		rate, _ := strconv.ParseFloat(configValue(l, "rate"), 64)
		if rate == 0 {
			return w.Layers.DropoutNone
		}
		return w.fill(w.Layers.Dropout, formatShare(rate))
	case "Flatten":
		return w.fill(w.Layers.Flatten, w.count(out))
	case "Dense":
		if i+2 == len(m.Layers) {
			return w.Layers.DenseLast
		}
		return w.fill(w.Layers.Dense, out, w.count(in[0]))
	}
	switch activation(l) {
	case "relu":
		if len(in) == 1 {
			return w.Layers.ReLUUnits
		}
		return w.Layers.ReLUMaps
	case "softmax":
		return w.fill(w.Layers.Softmax, out)
	}
	return ""
}

// trainingSays says what a step and an epoch are.
func (w *words) trainingSays(batch, samples int) string {
	return w.fill(w.Layers.Training, w.count(min(batch, samples)), w.count(samples))
}

// configValue is an entry of a layer's configuration, or "".
func configValue(l wire.LayerInfo, key string) string {
	for _, kv := range l.Config {
		if kv.Key == key {
			return kv.Value
		}
	}
	return ""
}

// configNumber is the first number of an entry like (3, 3).
func configNumber(l wire.LayerInfo, key string) int {
	n := 0
	fmt.Sscanf(strings.TrimLeft(configValue(l, key), "("), "%d", &n)
	return n
}
