package app

import (
	"fmt"
	"strings"

	"convlens/nn/record"
	"convlens/nn/wire"
)

// timeWords are those of the run's past.
type timeWords struct {
	incomparable

	Name, Intro, Moment, Smoothed, Readout, PlayFilm, PauseFilm, KernelsThen, MapsThenName string
	MapsThen, TrainImage, TestImage, Scale, StripName, StripCaption, StripOne              string
	Enlarged, SaveAnimation, Saving, Saved, Memory                                         string
}

var timeEnglish = timeWords{
	Name:          "Time machine",
	Intro:         "What the network looked like earlier in this run. Move the slider, or play the run as a film.",
	Moment:        "Moment",
	Smoothed:      "%[1]s, smoothed",
	Readout:       "moment %[1]d of %[2]d, step %[3]s",
	PlayFilm:      "Play film",
	PauseFilm:     "Pause film",
	KernelsThen:   "Kernels of %[1]s at the chosen moment",
	MapsThenName:  "Feature maps of %[1]s at the chosen moment",
	MapsThen:      "What %[1]s made of %[2]s after step %[3]s: %[4]d {4:map|maps} of %[5]d × %[6]d. The scale is the same at all moments.",
	TrainImage:    "training image %[1]s",
	TestImage:     "test image %[1]s",
	Scale:         "the same scale at all moments of %[1]s",
	StripName:     "Film strip of the first layer's kernels",
	StripCaption:  "Kernels of %[1]s from noise on the left to now on the right, after the steps %[2]s. Click on a picture to go there.",
	StripOne:      "Kernels of %[1]s, %[2]s. It is the only moment so far; the run adds others to the right of it.",
	Enlarged:      "Enlarged",
	SaveAnimation: "Save animation",
	Saving:        "Making the animation…",
	Saved:         "Saved as a GIF of %[1]d {1:picture|pictures}, %[2]s.",
	Memory:        "%[1]d {1:moment takes|moments take} %[2]s of the %[3]s that a recording may have; a longer run has them further apart. A fresh network begins a new one.",
}

var timeGerman = timeWords{
	Name:          "Zeitmaschine",
	Intro:         "Wie das Netz früher in diesem Lauf aussah. Bewegen Sie den Regler, oder spielen Sie den Lauf als Film ab.",
	Moment:        "Moment",
	Smoothed:      "%[1]s, geglättet",
	Readout:       "Moment %[1]d von %[2]d, Schritt %[3]s",
	PlayFilm:      "Film abspielen",
	PauseFilm:     "Film anhalten",
	KernelsThen:   "Filterkerne von %[1]s im gewählten Moment",
	MapsThenName:  "Merkmalskarten von %[1]s im gewählten Moment",
	MapsThen:      "Was %[1]s nach Schritt %[3]s aus %[2]s machte: %[4]d {4:Karte|Karten} von %[5]d × %[6]d. Die Skala ist in allen Momenten dieselbe.",
	TrainImage:    "Trainingsbild %[1]s",
	TestImage:     "Testbild %[1]s",
	Scale:         "dieselbe Skala in allen Momenten von %[1]s",
	StripName:     "Filmstreifen der Filterkerne der ersten Schicht",
	StripCaption:  "Filterkerne von %[1]s, vom Rauschen links bis jetzt rechts, nach den Schritten %[2]s. Ein Klick auf ein Bild führt dorthin.",
	StripOne:      "Filterkerne von %[1]s, %[2]s. Es ist der bisher einzige Moment; der Lauf fügt rechts davon weitere an.",
	Enlarged:      "Vergrößert",
	SaveAnimation: "Animation speichern",
	Saving:        "Die Animation entsteht…",
	Saved:         "Als GIF aus %[1]d {1:Bild|Bildern} gespeichert, %[2]s.",
	Memory:        "%[1]d {1:Moment braucht|Momente brauchen} %[2]s von den %[3]s, die eine Aufzeichnung haben darf; in einem längeren Lauf liegen sie weiter auseinander. Mit einem frischen Netz beginnt eine neue.",
}

var timeFrench = timeWords{
	Name:          "Machine à remonter le temps",
	Intro:         "À quoi ressemblait le réseau plus tôt dans cet entraînement. Déplacez le curseur, ou passez l’entraînement comme un film.",
	Moment:        "Moment",
	Smoothed:      "%[1]s, lissée",
	Readout:       "moment %[1]d sur %[2]d, pas %[3]s",
	PlayFilm:      "Lire le film",
	PauseFilm:     "Arrêter le film",
	KernelsThen:   "Noyaux de %[1]s au moment choisi",
	MapsThenName:  "Cartes de %[1]s au moment choisi",
	MapsThen:      "Ce que %[1]s faisait de %[2]s après le pas %[3]s : %[4]d {4:carte|cartes} de %[5]d × %[6]d. L’échelle est la même à tous les moments.",
	TrainImage:    "l’image d’entraînement %[1]s",
	TestImage:     "l’image de test %[1]s",
	Scale:         "la même échelle à tous les moments de %[1]s",
	StripName:     "Pellicule des noyaux de la première couche",
	StripCaption:  "Noyaux de %[1]s, du bruit à gauche jusqu’à maintenant à droite, après les pas %[2]s. Cliquez sur une image pour y aller.",
	StripOne:      "Noyaux de %[1]s, %[2]s. C’est le seul moment pour l’instant ; l’entraînement en ajoute d’autres à sa droite.",
	Enlarged:      "Agrandie",
	SaveAnimation: "Enregistrer l’animation",
	Saving:        "L’animation se prépare…",
	Saved:         "Enregistrée en GIF de %[1]d {1:image|images}, %[2]s.",
	Memory:        "%[1]d {1:moment occupe|moments occupent} %[2]s des %[3]s permis à un enregistrement ; dans un entraînement plus long ils sont plus espacés. Un réseau neuf en commence un autre.",
}

var timeSpanish = timeWords{
	Name:          "Máquina del tiempo",
	Intro:         "Cómo era la red antes, en este entrenamiento. Mueva el control, o vea el entrenamiento como una película.",
	Moment:        "Momento",
	Smoothed:      "%[1]s, suavizada",
	Readout:       "momento %[1]d de %[2]d, paso %[3]s",
	PlayFilm:      "Ver la película",
	PauseFilm:     "Detener la película",
	KernelsThen:   "Núcleos de %[1]s en el momento elegido",
	MapsThenName:  "Mapas de %[1]s en el momento elegido",
	MapsThen:      "Lo que %[1]s hacía de %[2]s tras el paso %[3]s: %[4]d {4:mapa|mapas} de %[5]d × %[6]d. La escala es la misma en todos los momentos.",
	TrainImage:    "la imagen de entrenamiento %[1]s",
	TestImage:     "la imagen de prueba %[1]s",
	Scale:         "la misma escala en todos los momentos de %[1]s",
	StripName:     "Tira de los núcleos de la primera capa",
	StripCaption:  "Núcleos de %[1]s, del ruido a la izquierda hasta ahora a la derecha, tras los pasos %[2]s. Pulse una imagen para ir allí.",
	StripOne:      "Núcleos de %[1]s, %[2]s. Es el único momento por ahora; el entrenamiento añade otros a su derecha.",
	Enlarged:      "Ampliada",
	SaveAnimation: "Guardar la animación",
	Saving:        "Se está haciendo la animación…",
	Saved:         "Guardada como GIF de %[1]d {1:imagen|imágenes}, %[2]s.",
	Memory:        "%[1]d {1:momento ocupa|momentos ocupan} %[2]s de los %[3]s que puede tener una grabación; en un entrenamiento más largo están más separados. Una red nueva empieza otra.",
}

func (w *words) momentReadout(at, n, step int) string {
	return fmt.Sprintf(w.Time.Readout, at+1, n, w.count(step))
}

func (w *words) kernelsName(layer string, past bool) string {
	if past {
		return fmt.Sprintf(w.Time.KernelsThen, layer)
	}
	return fmt.Sprintf(w.KernelsName, layer)
}

func (w *words) mapsName(layer string, past bool) string {
	if past {
		return fmt.Sprintf(w.Time.MapsThenName, layer)
	}
	return fmt.Sprintf(w.MapsName, layer)
}

func (w *words) mapsThen(t wire.Tensor, m *record.Moment) string {
	image := w.Time.TrainImage
	if m.Test {
		image = w.Time.TestImage
	}
	return w.fill(w.Time.MapsThen, t.Name, fmt.Sprintf(image, w.count(m.Image)), w.count(m.Step), t.Shape[0], t.Shape[1], t.Shape[2])
}

func (w timeWords) scaleOf(layer string) string { return fmt.Sprintf(w.Scale, layer) }

func (w *words) stripCaption(layer string, steps []int) string {
	if len(steps) == 1 {
		return fmt.Sprintf(w.Time.StripOne, layer, w.moment(steps[0]))
	}
	list := make([]string, len(steps))
	for i, s := range steps {
		list[i] = w.count(s)
	}
	return fmt.Sprintf(w.Time.StripCaption, layer, strings.Join(list, " · "))
}

func (w *words) savedAnimation(frames, size int) string {
	return w.fill(w.Time.Saved, frames, formatBytes(size))
}

func (w *words) filmMemory(n, size int) string {
	return w.fill(w.Time.Memory, n, formatBytes(size), formatBytes(filmBytes))
}
