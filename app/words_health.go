package app

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"convlens/nn/wire"
)

// healthWords are those of the network's health.
type healthWords struct {
	incomparable

	Name, Intro, Span, SpanOne, ScaleText, Weights, Gradients, Outputs, Zeros, Never, Always string
	MapName, PointToPlace, Spot, Table, TableNoImages, Dead, Saturated                       string
	AllAnswer, Fault, FaultLoss, TrySmaller, GoBack, ResetNetwork, NoNumbers                 string
}

var healthEnglish = healthWords{
	Name:          "Health",
	Intro:         "How large the numbers in each layer are, and how that changes while the network learns: time goes to the right, each row is twice as large as the one below. Gradients that sink towards the bottom have stopped teaching; numbers that climb to the top are about to overflow.",
	Span:          "%[3]d moments of the run, from step %[1]s on the left to step %[2]s on the right. Of the past, outputs were counted on %[4]d test {4:image|images}.",
	SpanOne:       "One moment so far, step %[1]s; a run adds more on the right.",
	ScaleText:     "Share of the numbers that have that size, from 10⁻⁹ at the bottom to 10³ on top.",
	Weights:       "weights",
	Gradients:     "gradients",
	Outputs:       "outputs",
	Zeros:         "zeros",
	Never:         "never active",
	Always:        "always active",
	MapName:       "Sizes of the %[1]s of %[2]s over time",
	PointToPlace:  "Point to a picture, or use the arrow keys in it, to read the numbers there.",
	Spot:          "%[1]s after step %[2]s: %[3]s of %[4]s numbers are between %[5]s and %[6]s; %[7]s are zero.",
	Table:         "Typical size (root mean square) after step %[1]s; of the outputs on %[2]d test {2:image|images}, as of step %[3]s.",
	TableNoImages: "Typical size (root mean square) after step %[1]s; of the outputs nothing is known yet.",
	Dead:          "%[1]s: %[2]d of %[3]d never active on %[4]d test {4:image|images}: %[5]s.",
	Saturated:     "%[1]s: %[2]d of %[3]d always active, so that ReLU makes no difference to them: %[5]s (%[4]d test {4:image|images}).",
	AllAnswer:     "Every filter and every unit answers to some of the images and rests for others.",
	Fault:         "Training stopped at step %[1]s: value %[2]s of the %[3]s of %[4]s is %[5]s, no number to go on with.",
	FaultLoss:     "Training stopped at step %[1]s: the loss is %[2]s, no number to go on with.",
	TrySmaller:    "A smaller learning rate usually helps.",
	GoBack:        "Go back to step %[1]s",
	ResetNetwork:  "Begin with a fresh network",
	NoNumbers:     "This network gives answers that are not numbers (NaN). Begin with a fresh network.",
}

var healthGerman = healthWords{
	Name:          "Gesundheit",
	Intro:         "Wie groß die Zahlen in jeder Schicht sind und wie sich das beim Lernen ändert: Die Zeit läuft nach rechts, jede Zeile ist doppelt so groß wie die darunter. Gradienten, die nach unten sinken, lehren nichts mehr; Zahlen, die nach oben steigen, laufen bald über.",
	Span:          "%[3]d Momente des Laufs, von Schritt %[1]s links bis Schritt %[2]s rechts. Ausgaben der Vergangenheit wurden auf %[4]d {4:Testbild|Testbildern} gezählt.",
	SpanOne:       "Bisher ein Moment, Schritt %[1]s; ein Lauf fügt rechts weitere an.",
	ScaleText:     "Anteil der Zahlen dieser Größe, von 10⁻⁹ unten bis 10³ oben.",
	Weights:       "Gewichte",
	Gradients:     "Gradienten",
	Outputs:       "Ausgaben",
	Zeros:         "Nullen",
	Never:         "nie aktiv",
	Always:        "immer aktiv",
	MapName:       "Größen im Lauf der Zeit: %[1]s von %[2]s",
	PointToPlace:  "Zeigen Sie auf ein Bild oder gehen Sie darin mit den Pfeiltasten, um die Zahlen dort zu lesen.",
	Spot:          "%[1]s nach Schritt %[2]s: %[3]s von %[4]s Zahlen liegen zwischen %[5]s und %[6]s; %[7]s sind null.",
	Table:         "Typische Größe (quadratisches Mittel) nach Schritt %[1]s; der Ausgaben auf %[2]d {2:Testbild|Testbildern}, Stand Schritt %[3]s.",
	TableNoImages: "Typische Größe (quadratisches Mittel) nach Schritt %[1]s; von den Ausgaben ist noch nichts bekannt.",
	Dead:          "%[1]s: %[2]d von %[3]d nie aktiv bei %[4]d {4:Testbild|Testbildern}: %[5]s.",
	Saturated:     "%[1]s: %[2]d von %[3]d immer aktiv, sodass ReLU an ihnen nichts ändert: %[5]s (%[4]d {4:Testbild|Testbilder}).",
	AllAnswer:     "Jeder Filter und jede Einheit antwortet auf manche der Bilder und ruht bei anderen.",
	Fault:         "Das Training hielt bei Schritt %[1]s an: Wert %[2]s von %[3]s in %[4]s ist %[5]s, damit lässt sich nicht weiterrechnen.",
	FaultLoss:     "Das Training hielt bei Schritt %[1]s an: Der Verlust ist %[2]s, damit lässt sich nicht weiterrechnen.",
	TrySmaller:    "Meist hilft eine kleinere Lernrate.",
	GoBack:        "Zurück zu Schritt %[1]s",
	ResetNetwork:  "Mit einem frischen Netz beginnen",
	NoNumbers:     "Dieses Netz gibt Antworten, die keine Zahlen sind (NaN). Beginnen Sie mit einem frischen Netz.",
}

var healthFrench = healthWords{
	Name:          "Santé",
	Intro:         "La grandeur des nombres dans chaque couche, et comment elle change pendant l’apprentissage : le temps va vers la droite, chaque ligne est deux fois plus grande que celle du dessous. Des gradients qui tombent vers le bas n’enseignent plus rien ; des nombres qui montent vers le haut vont déborder.",
	Span:          "%[3]d moments de l’entraînement, du pas %[1]s à gauche au pas %[2]s à droite. Les sorties passées ont été comptées sur %[4]d {4:image|images} de test.",
	SpanOne:       "Un seul moment jusqu’ici, le pas %[1]s ; l’entraînement en ajoute d’autres à droite.",
	ScaleText:     "Part des nombres de cette grandeur, de 10⁻⁹ en bas à 10³ en haut.",
	Weights:       "poids",
	Gradients:     "gradients",
	Outputs:       "sorties",
	Zeros:         "zéros",
	Never:         "jamais actifs",
	Always:        "toujours actifs",
	MapName:       "Grandeurs au fil du temps : %[1]s de %[2]s",
	PointToPlace:  "Pointez une image, ou parcourez-la avec les flèches, pour y lire les nombres.",
	Spot:          "%[1]s après le pas %[2]s : %[3]s des %[4]s nombres sont entre %[5]s et %[6]s ; %[7]s sont nuls.",
	Table:         "Grandeur typique (moyenne quadratique) après le pas %[1]s ; celle des sorties sur %[2]d {2:image|images} de test, au pas %[3]s.",
	TableNoImages: "Grandeur typique (moyenne quadratique) après le pas %[1]s ; des sorties on ne sait encore rien.",
	Dead:          "%[1]s : %[2]d sur %[3]d jamais actifs sur %[4]d {4:image|images} de test : %[5]s.",
	Saturated:     "%[1]s : %[2]d sur %[3]d toujours actifs, si bien que ReLU n’y change rien : %[5]s (%[4]d {4:image|images} de test).",
	AllAnswer:     "Chaque filtre et chaque unité répond à certaines images et se repose pour d’autres.",
	Fault:         "L’entraînement s’est arrêté au pas %[1]s : la valeur %[2]s de %[3]s dans %[4]s est %[5]s, on ne peut pas calculer avec cela.",
	FaultLoss:     "L’entraînement s’est arrêté au pas %[1]s : la perte est %[2]s, on ne peut pas calculer avec cela.",
	TrySmaller:    "Un taux d’apprentissage plus petit aide d’habitude.",
	GoBack:        "Revenir au pas %[1]s",
	ResetNetwork:  "Commencer avec un réseau neuf",
	NoNumbers:     "Ce réseau donne des réponses qui ne sont pas des nombres (NaN). Commencez avec un réseau neuf.",
}

var healthSpanish = healthWords{
	Name:          "Salud",
	Intro:         "Lo grandes que son los números de cada capa, y cómo cambia eso mientras la red aprende: el tiempo va hacia la derecha, cada fila es el doble de la de abajo. Los gradientes que se hunden ya no enseñan nada; los números que suben hasta arriba están por desbordarse.",
	Span:          "%[3]d momentos del entrenamiento, del paso %[1]s a la izquierda al paso %[2]s a la derecha. Las salidas pasadas se contaron con %[4]d {4:imagen|imágenes} de prueba.",
	SpanOne:       "Un solo momento hasta ahora, el paso %[1]s; el entrenamiento añade más a la derecha.",
	ScaleText:     "Parte de los números que tienen ese tamaño, de 10⁻⁹ abajo a 10³ arriba.",
	Weights:       "pesos",
	Gradients:     "gradientes",
	Outputs:       "salidas",
	Zeros:         "ceros",
	Never:         "nunca activos",
	Always:        "siempre activos",
	MapName:       "Tamaños a lo largo del tiempo: %[1]s de %[2]s",
	PointToPlace:  "Señale una imagen, o recórrala con las flechas, para leer los números.",
	Spot:          "%[1]s tras el paso %[2]s: %[3]s de %[4]s números están entre %[5]s y %[6]s; %[7]s son cero.",
	Table:         "Tamaño típico (media cuadrática) tras el paso %[1]s; el de las salidas con %[2]d {2:imagen|imágenes} de prueba, en el paso %[3]s.",
	TableNoImages: "Tamaño típico (media cuadrática) tras el paso %[1]s; de las salidas aún no se sabe nada.",
	Dead:          "%[1]s: %[2]d de %[3]d nunca activos con %[4]d {4:imagen|imágenes} de prueba: %[5]s.",
	Saturated:     "%[1]s: %[2]d de %[3]d siempre activos, así que ReLU no les cambia nada: %[5]s (%[4]d {4:imagen|imágenes} de prueba).",
	AllAnswer:     "Cada filtro y cada unidad responde a algunas imágenes y descansa con otras.",
	Fault:         "El entrenamiento se detuvo en el paso %[1]s: el valor %[2]s de %[3]s en %[4]s es %[5]s, con eso no se puede seguir.",
	FaultLoss:     "El entrenamiento se detuvo en el paso %[1]s: la pérdida es %[2]s, con eso no se puede seguir.",
	TrySmaller:    "Suele ayudar una tasa de aprendizaje menor.",
	GoBack:        "Volver al paso %[1]s",
	ResetNetwork:  "Empezar con una red nueva",
	NoNumbers:     "Esta red da respuestas que no son números (NaN). Empiece con una red nueva.",
}

func (w healthWords) kind(k healthKind) string {
	return [healthKinds]string{w.Weights, w.Gradients, w.Outputs}[k]
}

func (w *words) healthMapName(k healthKind, l *wire.LayerHealth) string {
	name := l.Name
	if k == kindOutputs {
		name = l.Output
	}
	return fmt.Sprintf(w.Health.MapName, w.Health.kind(k), name)
}

func (w *words) healthSpot(at healthSpot, h *wire.Health, s *wire.Spread) string {
	l := &h.Layers[at.Layer]
	k := len(s.Counts) - 1 - at.Row
	low := float64(s.Low) * math.Exp2(float64(k))
	step := h.Step
	if at.Kind == kindOutputs {
		step = l.AtStep
	}
	return fmt.Sprintf(w.Health.Spot, l.Name+", "+w.Health.kind(at.Kind), w.count(step), formatShare(portion(s.Counts[k], s.N)), w.count(s.N),
		formatSize(low), formatSize(2*low), formatShare(portion(s.Zeros, s.N)))
}

// healthSpan says which moments the pictures show.
func (w *words) healthSpan(all []*wire.Health) string {
	n := len(all)
	first, last := all[0], all[n-1]
	if n == 1 {
		return fmt.Sprintf(w.Health.SpanOne, w.count(first.Step))
	}
	images := 0
	if len(first.Layers) > 0 {
		images = first.Layers[0].Images
	}
	return w.fill(w.Health.Span, w.count(first.Step), w.count(last.Step), n, images)
}

func (w *words) healthTable(h *wire.Health) string {
	if len(h.Layers) == 0 || h.Layers[0].Images == 0 {
		return fmt.Sprintf(w.Health.TableNoImages, w.count(h.Step))
	}
	l := &h.Layers[0]
	return w.fill(w.Health.Table, w.count(h.Step), l.Images, w.count(l.AtStep))
}

func (w *words) deadUnits(l *wire.LayerHealth) string {
	return w.fill(w.Health.Dead, l.Name, len(l.Dead), l.Units, l.Images, listOf(l.Dead))
}

func (w *words) saturatedUnits(l *wire.LayerHealth) string {
	return w.fill(w.Health.Saturated, l.Name, len(l.Saturated), l.Units, l.Images, listOf(l.Saturated))
}

// listOf lists what may be many.
func listOf(list []int) string {
	text := make([]string, len(list))
	for i, n := range list {
		text[i] = strconv.Itoa(n)
	}
	return strings.Join(text, ", ")
}

// fault says where numbers failed. What they are is the field's words.
func (w *words) fault(f wire.Fault) string {
	value := strconv.FormatFloat(float64(f.Value), 'g', -1, 32)
	if f.Layer == "" {
		return fmt.Sprintf(w.Health.FaultLoss, w.count(f.Step), value)
	}
	return fmt.Sprintf(w.Health.Fault, w.count(f.Step), w.count(f.Index), f.What, f.Layer, value)
}

func (w *words) goBack(step int) string { return fmt.Sprintf(w.Health.GoBack, w.count(step)) }

// noNumbers says that a network has diverged so far that it gives NaN for an
// answer, and what to do.
func (w *words) noNumbers() string { return sentences(w.Health.NoNumbers, w.Health.TrySmaller) }
