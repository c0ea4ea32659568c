package app

// takeWords are those of what the visitor can take away, and of the files.
type takeWords struct {
	incomparable

	Title, About, Picture, Scale, SavePNG, SaveHTML, SaveRun, NoPicture, Saved string
	Making, TooLarge, KernelsTitle, KernelsAbout, RunTitle, RunAbout           string
	Repeat, ImageOf, Weights, WeightsAbout                                     string
}

var takeEnglish = takeWords{
	Title:        "Take it away",
	About:        "Any picture of this tab as PNG, all kernels as one page with their numbers, or the whole run in one file that opens without network. Nothing leaves this machine.",
	Picture:      "Picture",
	Scale:        "Scale",
	SavePNG:      "Save PNG",
	SaveHTML:     "Save HTML page",
	SaveRun:      "Save run",
	NoPicture:    "There is no picture yet.",
	Saved:        "%[1]s is saved.",
	Making:       "Making %[1]s …",
	TooLarge:     "The browser can't make so large a picture. Choose a smaller scale.",
	KernelsTitle: "Kernels of a convolutional network",
	KernelsAbout: "After training step %[1]s. Blue is negative, orange positive, white zero; the ends of the scale are ±%[2]s in the whole layer.",
	RunTitle:     "A run of Convlens",
	RunAbout:     "This file is complete: it needs no network and runs no script.",
	Repeat:       "The query that repeats the run",
	ImageOf:      "Image %[1]s of the half \"%[2]s\", label %[3]s",
	Weights:      "All weights",
	WeightsAbout: "JSON. Each array is little-endian float32 in base64, its last dimension running fastest: kernels of convolutions as (filters, channels, rows, columns), of dense layers as (inputs, units). The fingerprint is the SHA-256 of all arrays' bytes, one after the other. Under health, counts[k] numbers lie between low × 2^k and low × 2^(k+1).",
}

var takeGerman = takeWords{
	Title:        "Mitnehmen",
	About:        "Jedes Bild dieses Reiters als PNG, alle Kerne als eine Seite mit ihren Zahlen oder der ganze Lauf in einer Datei, die sich ohne Netz öffnen lässt. Nichts verlässt diesen Rechner.",
	Picture:      "Bild",
	Scale:        "Maßstab",
	SavePNG:      "PNG speichern",
	SaveHTML:     "HTML-Seite speichern",
	SaveRun:      "Lauf speichern",
	NoPicture:    "Es gibt noch kein Bild.",
	Saved:        "%[1]s ist gespeichert.",
	Making:       "%[1]s entsteht …",
	TooLarge:     "Ein so großes Bild kann der Browser nicht herstellen. Bitte einen kleineren Maßstab wählen.",
	KernelsTitle: "Kerne eines Faltungsnetzes",
	KernelsAbout: "Nach Trainingsschritt %[1]s. Blau ist negativ, Orange positiv, Weiß null; die Enden der Skala sind ±%[2]s in der ganzen Schicht.",
	RunTitle:     "Ein Lauf von Convlens",
	RunAbout:     "Diese Datei ist vollständig: Sie braucht kein Netz und führt kein Skript aus.",
	Repeat:       "Die Adresszeile, die den Lauf wiederholt",
	ImageOf:      "Bild %[1]s der Hälfte „%[2]s“, Klasse %[3]s",
	Weights:      "Alle Gewichte",
	WeightsAbout: "JSON. Jedes Feld ist float32, little-endian, in Base64; die letzte Dimension läuft am schnellsten: Kerne von Faltungen als (Filter, Kanäle, Zeilen, Spalten), von dichten Schichten als (Eingänge, Einheiten). Der Fingerabdruck ist der SHA-256 der Bytes aller Felder hintereinander. Unter health liegen counts[k] Zahlen zwischen low × 2^k und low × 2^(k+1).",
}

var takeFrench = takeWords{
	Title:        "À emporter",
	About:        "Chaque image de cet onglet en PNG, tous les noyaux en une page avec leurs nombres, ou l'exécution entière en un fichier qui s'ouvre sans réseau. Rien ne quitte cette machine.",
	Picture:      "Image",
	Scale:        "Échelle",
	SavePNG:      "Enregistrer le PNG",
	SaveHTML:     "Enregistrer la page HTML",
	SaveRun:      "Enregistrer l'exécution",
	NoPicture:    "Il n'y a pas encore d'image.",
	Saved:        "%[1]s est enregistré.",
	Making:       "Création de %[1]s …",
	TooLarge:     "Le navigateur ne peut pas créer une si grande image. Choisissez une échelle plus petite.",
	KernelsTitle: "Noyaux d'un réseau convolutif",
	KernelsAbout: "Après l'étape d'entraînement %[1]s. Bleu est négatif, orange positif, blanc zéro ; les bouts de l'échelle sont ±%[2]s dans toute la couche.",
	RunTitle:     "Une exécution de Convlens",
	RunAbout:     "Ce fichier est complet : il n'a pas besoin de réseau et n'exécute aucun script.",
	Repeat:       "La requête qui répète l'exécution",
	ImageOf:      "Image %[1]s de la moitié « %[2]s », classe %[3]s",
	Weights:      "Tous les poids",
	WeightsAbout: "JSON. Chaque tableau est en float32 petit-boutiste codé en base64, la dernière dimension variant le plus vite : noyaux des convolutions en (filtres, canaux, lignes, colonnes), des couches denses en (entrées, unités). L'empreinte est le SHA-256 des octets de tous les tableaux, l'un après l'autre. Sous health, counts[k] nombres sont entre low × 2^k et low × 2^(k+1).",
}

var takeSpanish = takeWords{
	Title:        "Para llevar",
	About:        "Cualquier imagen de esta pestaña como PNG, todos los núcleos en una página con sus números, o la ejecución entera en un archivo que se abre sin red. Nada sale de esta máquina.",
	Picture:      "Imagen",
	Scale:        "Escala",
	SavePNG:      "Guardar PNG",
	SaveHTML:     "Guardar página HTML",
	SaveRun:      "Guardar ejecución",
	NoPicture:    "Todavía no hay imagen.",
	Saved:        "%[1]s está guardado.",
	Making:       "Creando %[1]s …",
	TooLarge:     "El navegador no puede crear una imagen tan grande. Elija una escala menor.",
	KernelsTitle: "Núcleos de una red convolucional",
	KernelsAbout: "Después del paso de entrenamiento %[1]s. Azul es negativo, naranja positivo, blanco cero; los extremos de la escala son ±%[2]s en toda la capa.",
	RunTitle:     "Una ejecución de Convlens",
	RunAbout:     "Este archivo está completo: no necesita red ni ejecuta ningún script.",
	Repeat:       "La consulta que repite la ejecución",
	ImageOf:      "Imagen %[1]s de la mitad «%[2]s», clase %[3]s",
	Weights:      "Todos los pesos",
	WeightsAbout: "JSON. Cada matriz es float32 little-endian en base64, y su última dimensión es la que varía más rápido: núcleos de convoluciones como (filtros, canales, filas, columnas), de capas densas como (entradas, unidades). La huella es el SHA-256 de los bytes de todas las matrices, una tras otra. En health, counts[k] números están entre low × 2^k y low × 2^(k+1).",
}
