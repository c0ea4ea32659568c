package app

import (
	"errors"
	"fmt"

	"convlens/nn/wire"
)

// setupWords are those of the settings' form.
type setupWords struct {
	incomparable

	Preset, Tutorial, BestEpoch, Own, TutorialAbout, BestEpochAbout, OwnAbout string
	Network, Training, Run                                                    string
	Filters1, Filters2, Kernel, Pool, Dropout1, Dropout2, Units               string
	LearningRate, Shift, OneCycle                                             string
	Fraction, Positive, NotOf, Shifted                                        string
	Misfit, KernelFits, PoolFits, TooLarge, BatchFits, Smaller, Comes         string
	Estimate, EstimateHere, Measuring, NoRoom                                 string
}

var setupEnglish = setupWords{
	Preset:         "Preset",
	Tutorial:       "Tutorial",
	BestEpoch:      "Best single epoch",
	Own:            "Your own",
	TutorialAbout:  "Exactly the recipe of the Keras tutorial.",
	BestEpochAbout: "The same twelve layers, trained so that one epoch teaches them most.",
	OwnAbout:       "Settings of your own.",
	Network:        "Network",
	Training:       "Training",
	Run:            "Run",
	Filters1:       "Filters, conv2d_1",
	Filters2:       "Filters, conv2d_2",
	Kernel:         "Kernel size",
	Pool:           "Pool size",
	Dropout1:       "Dropout after pool",
	Dropout2:       "Dropout after dense",
	Units:          "Dense units",
	LearningRate:   "Learning rate",
	Shift:          "Shift images by up to",
	OneCycle:       "One-cycle schedule: the learning rate goes up and down once over a run",
	Fraction:       "expected a number from 0 to less than 1",
	Positive:       "expected a number above 0, up to %[1]s",
	NotOf:          "%[1]s has no such number",
	Shifted:        "images shifted by up to %[1]d px",
	Misfit:         "%[1]s needs %[2]d × %[2]d pixels and gets only %[3]d × %[4]d.",
	KernelFits:     "Kernels of up to %[1]d × %[1]d would fit.",
	PoolFits:       "A pool of up to %[1]d × %[1]d would fit.",
	TooLarge:       "This would take about %[1]s of memory; a tab has room for %[2]s.",
	BatchFits:      "Batches of up to %[1]s would fit.",
	Smaller:        "Fewer filters or units, or a larger pool, would help.",
	Comes:          "%[1]s parameters, %[2]s multiplications to read an image.",
	Estimate:       "About %[1]s for %[2]s",
	EstimateHere:   "%[1]s on this machine",
	Measuring:      "Measuring how fast this machine trains it …",
	NoRoom:         "How long a run takes can’t be told beforehand: there is no memory to try it.",
}

var setupGerman = setupWords{
	Preset:         "Vorlage",
	Tutorial:       "Tutorial",
	BestEpoch:      "Beste einzelne Epoche",
	Own:            "Eigene",
	TutorialAbout:  "Genau das Rezept des Keras-Tutorials.",
	BestEpochAbout: "Dieselben zwölf Schichten, so trainiert, dass sie in einer Epoche am meisten lernen.",
	OwnAbout:       "Eigene Einstellungen.",
	Network:        "Netz",
	Training:       "Training",
	Run:            "Lauf",
	Filters1:       "Filter, conv2d_1",
	Filters2:       "Filter, conv2d_2",
	Kernel:         "Kerngröße",
	Pool:           "Poolgröße",
	Dropout1:       "Dropout nach Pool",
	Dropout2:       "Dropout nach Dense",
	Units:          "Dense-Einheiten",
	LearningRate:   "Lernrate",
	Shift:          "Bilder verschieben um bis zu",
	OneCycle:       "One-Cycle-Plan: Die Lernrate steigt und fällt einmal in einem Lauf",
	Fraction:       "erwartet wird eine Zahl von 0 bis unter 1",
	Positive:       "erwartet wird eine Zahl über 0, höchstens %[1]s",
	NotOf:          "%[1]s hat keine solche Zahl",
	Shifted:        "Bilder um bis zu %[1]d px verschoben",
	Misfit:         "%[1]s braucht %[2]d × %[2]d Pixel und bekommt nur %[3]d × %[4]d.",
	KernelFits:     "Kerne bis %[1]d × %[1]d würden passen.",
	PoolFits:       "Ein Pool bis %[1]d × %[1]d würde passen.",
	TooLarge:       "Das bräuchte etwa %[1]s Speicher; ein Tab hat Platz für %[2]s.",
	BatchFits:      "Batches bis %[1]s würden passen.",
	Smaller:        "Weniger Filter oder Einheiten oder ein größerer Pool würden helfen.",
	Comes:          "%[1]s Parameter, %[2]s Multiplikationen, um ein Bild zu lesen.",
	Estimate:       "Etwa %[1]s für %[2]s",
	EstimateHere:   "%[1]s auf diesem Gerät",
	Measuring:      "Gemessen wird, wie schnell dieses Gerät es trainiert …",
	NoRoom:         "Wie lange ein Lauf dauert, lässt sich nicht vorher sagen: Der Speicher reicht nicht für einen Versuch.",
}

var setupFrench = setupWords{
	Preset:         "Préréglage",
	Tutorial:       "Tutoriel",
	BestEpoch:      "Meilleure époque unique",
	Own:            "Personnel",
	TutorialAbout:  "Exactement la recette du tutoriel de Keras.",
	BestEpochAbout: "Les mêmes douze couches, entraînées pour apprendre le plus possible en une époque.",
	OwnAbout:       "Vos propres réglages.",
	Network:        "Réseau",
	Training:       "Entraînement",
	Run:            "Exécution",
	Filters1:       "Filtres, conv2d_1",
	Filters2:       "Filtres, conv2d_2",
	Kernel:         "Taille du noyau",
	Pool:           "Taille du pool",
	Dropout1:       "Dropout après le pool",
	Dropout2:       "Dropout après dense",
	Units:          "Unités de dense",
	LearningRate:   "Taux d’apprentissage",
	Shift:          "Décaler les images de",
	OneCycle:       "Plan « one-cycle » : le taux d’apprentissage monte et descend une fois par exécution",
	Fraction:       "un nombre de 0 à moins de 1 est attendu",
	Positive:       "un nombre supérieur à 0, au plus %[1]s, est attendu",
	NotOf:          "%[1]s n’a pas ce nombre",
	Shifted:        "images décalées d’au plus %[1]d px",
	Misfit:         "%[1]s a besoin de %[2]d × %[2]d pixels et n’en reçoit que %[3]d × %[4]d.",
	KernelFits:     "Des noyaux jusqu’à %[1]d × %[1]d conviendraient.",
	PoolFits:       "Un pool jusqu’à %[1]d × %[1]d conviendrait.",
	TooLarge:       "Cela demanderait environ %[1]s de mémoire ; un onglet a de la place pour %[2]s.",
	BatchFits:      "Des lots jusqu’à %[1]s conviendraient.",
	Smaller:        "Moins de filtres ou d’unités, ou un pool plus grand, aideraient.",
	Comes:          "%[1]s paramètres, %[2]s multiplications pour lire une image.",
	Estimate:       "Environ %[1]s pour %[2]s",
	EstimateHere:   "%[1]s sur cet appareil",
	Measuring:      "Mesure de la vitesse de cet appareil pour ce réseau…",
	NoRoom:         "La durée d’une exécution ne peut pas être estimée : la mémoire ne suffit pas pour un essai.",
}

var setupSpanish = setupWords{
	Preset:         "Preajuste",
	Tutorial:       "Tutorial",
	BestEpoch:      "Mejor época única",
	Own:            "Propio",
	TutorialAbout:  "Exactamente la receta del tutorial de Keras.",
	BestEpochAbout: "Las mismas doce capas, entrenadas para aprender lo más posible en una época.",
	OwnAbout:       "Ajustes propios.",
	Network:        "Red",
	Training:       "Entrenamiento",
	Run:            "Ejecución",
	Filters1:       "Filtros, conv2d_1",
	Filters2:       "Filtros, conv2d_2",
	Kernel:         "Tamaño del núcleo",
	Pool:           "Tamaño del pool",
	Dropout1:       "Dropout tras el pool",
	Dropout2:       "Dropout tras dense",
	Units:          "Unidades de dense",
	LearningRate:   "Tasa de aprendizaje",
	Shift:          "Desplazar las imágenes hasta",
	OneCycle:       "Plan de un ciclo: la tasa de aprendizaje sube y baja una vez por ejecución",
	Fraction:       "se espera un número de 0 a menos de 1",
	Positive:       "se espera un número mayor que 0, como mucho %[1]s",
	NotOf:          "%[1]s no tiene ese número",
	Shifted:        "imágenes desplazadas hasta %[1]d px",
	Misfit:         "%[1]s necesita %[2]d × %[2]d píxeles y recibe solo %[3]d × %[4]d.",
	KernelFits:     "Cabrían núcleos de hasta %[1]d × %[1]d.",
	PoolFits:       "Cabría un pool de hasta %[1]d × %[1]d.",
	TooLarge:       "Esto necesitaría unos %[1]s de memoria; una pestaña tiene sitio para %[2]s.",
	BatchFits:      "Cabrían lotes de hasta %[1]s.",
	Smaller:        "Menos filtros o unidades, o un pool mayor, ayudarían.",
	Comes:          "%[1]s parámetros, %[2]s multiplicaciones para leer una imagen.",
	Estimate:       "Unos %[1]s para %[2]s",
	EstimateHere:   "%[1]s en este equipo",
	Measuring:      "Midiendo la velocidad de este equipo con esta red…",
	NoRoom:         "No se puede estimar cuánto dura una ejecución: no hay memoria para probarlo.",
}

// setting is the label of a setting.
func (w *words) setting(key string) string {
	s := &w.Setup
	if word, ok := map[string]string{
		"filters1": s.Filters1, "filters2": s.Filters2, "kernel": s.Kernel, "pool": s.Pool,
		"dropout1": s.Dropout1, "dropout2": s.Dropout2, "units": s.Units,
		"optimizer": w.Optimizer, "lr": s.LearningRate, "beta1": "beta_1", "beta2": "beta_2", "onecycle": s.OneCycle,
		"batch": w.BatchSize, "shift": s.Shift, "epochs": w.Epochs, "seed": w.Seed, "limit": w.TrainingImages, "workers": w.Workers,
	}[key]; ok {
		return word
	}
	return key // rho, momentum and epsilon are called so in every language
}

func (w *words) settingGroup(g settingGroup) string {
	return [settingGroups]string{w.Setup.Network, w.Setup.Training, w.Setup.Run}[g]
}

// unfit says why a plan can't be carried out, and what could be.
func (w *words) unfit(err error) string {
	s := &w.Setup
	var m *wire.Misfit
	var large *wire.TooLarge
	switch {
	case errors.As(err, &m):
		text := fmt.Sprintf(s.Misfit, m.Layer, m.Size, m.In[1], m.In[2])
		if m.Kernel > 0 {
			text += " " + fmt.Sprintf(s.KernelFits, m.Kernel)
		}
		if m.Pool > 0 {
			text += " " + fmt.Sprintf(s.PoolFits, m.Pool)
		}
		return text
	case errors.As(err, &large):
		text := fmt.Sprintf(s.TooLarge, formatGB(large.Bytes), formatGB(wire.MaxBytes))
		if large.Batch > 0 {
			return text + " " + fmt.Sprintf(s.BatchFits, w.count(large.Batch))
		}
		return text + " " + s.Smaller
	}
	return err.Error()
}
