package app

import (
	"slices"
	"strings"
)

// words is the message catalogue: every word that a visitor reads, in one
// language. A text with %[1]s and the like is a format; its methods in
// phrases.go fill it in, and fill makes {1:image|images} agree with a number. What stays as it is in all languages: the names that
// the field and Keras use (conv2d_1, loss, val_acc), decimal points, as Keras
// prints them, and the technical half of an error.
//
// golang.org/x/text/message would do the same for 172 KB of the compressed page.
type words struct {
	Code      string // BCP 47
	Name      string // in the language itself
	Thousands string // separator of groups of three digits
	Colon     string // between a name and what is said of it

	incomparable

	Arithmetic arithmeticWords

	// The page as a whole.
	Title, Lead, Data, Training, LookInside, Language, ThemeDark, ThemeLight string

	// The buttons of a run, and where it stands.
	Train, Pause, Resume, Stop, Reset, RunGroup, ProgressName, Epoch, Left, Took string
	Validating, Ready, Starting, WaitingData, WillStart, NowTraining, Paused     string
	Stopped, Dead                                                                string

	// Notices and what can be done about them.
	TryAgain, StartAgain, Reload, Dismiss, WorkerGone, KeptNetwork, LostNetwork string
	NothingLost, Refused, Stale                                                 string

	// What the address asks for.
	NoDataset, BadData, And, BadSetting, TheDefault, NumberFrom, NumberFromTo string
	ExpectedSplit, ExpectedFingerprint, Expected01, ExpectedOneOf             string

	// Data.
	Source, GeneratedDigits, UseSource, NoSource, Sample, Previous, Next, Random         string
	TrainSplit, TestSplit, SplitGroup, ImageNumber, Of, Verified, Unverified             string
	Stored, OneHot, OneHotSays, Label, PixelsGroup, PixelsRaw, PixelsUnit, PixelsRawName string
	PixelsUnitName, Pixel, ChoosePixel, NoSample, SampleCaption, TrainPerClass           string
	TestPerClass, Fetching, FetchingStored, Verifying, Parsing, LoadingName              string
	LoadMissing, LoadNetwork, LoadTruncated, LoadCorrupt, LoadInvalid                    string
	NothingChanged                                                                       string

	// Settings.
	Settings, Optimizer, NextReset, Epochs, BatchSize, Seed, TrainingImages string
	Workers, AllImages, WorkerPerCore, EpochCount, SettingsSummary          string

	// Curves.
	LossTitle, AccuracyTitle, Step, Chance, CurveReadout, ValidationReadout string
	LossCaption, AccuracyCaption, CurveName, CurveEmpty                     string

	// The layers.
	LayersCaption, Index, Layer, Type, OutputShape, Parameters, Total, Stages string
	Config, Weights, NoWeights                                                string

	Pad padWords
	Own ownWords

	Time   timeWords
	Health healthWords

	// The tabs of Look inside.
	Kernels, Maps string

	Setup   setupWords
	Compare compareWords
	Explore exploreWords
	TestMap testMapWords

	Evaluation evaluationWords

	Take takeWords
	Why  whyWords

	// Pictures.
	Filter, Channel, PerFilter, KernelsName, MapsName, KernelName, FilterChannel string
	Untrained, AfterStep, KernelsCaptionOne, KernelsCaption, ChooseKernel        string
	ChooseMap, NoView, NoMaps, MapsCaption, UnitsCaption, ScaleOfFilter          string
	ScaleOfLayer, Map, MapPixel, Unit, Probabilities, ProbabilitiesCaption       string
	PointToMap, PointToValue                                                     string

	Layers  layerWords
	Filters filtersWords
	Arrange arrangeWords

	// Links to a run.
	CopyLink, Copied, CopySelf, CameOutSame, CameOutOther string

	// The footer.
	Local, Licence, Version, Fingerprint, OneWorker, ManyWorkers, SIMDKernels string
	PlainKernels, ImagesPerSecond, Timing, StartedReady, StartedStep          string

	// What the browser keeps for a visit without network.
	Offline, Verify, Remove, StoreAgain, OfflineReady, ShellStored, ShellStoring string
	ShellIncomplete, ShellRefused, ShellInsecure, DataComing, DataStored         string
	DataDamaged, StoreAgainOne, DataNotWhole, DataPartly, DataGone, DataRefused  string
	NowVerifying, NowRemoving, NowStoring, FilesVerified                         string

	// A newer version of the page.
	Update, UpdateReady, UpdateWaits, UpdateReloads, UpdateLoses, UpdateKeeps string

	// For those who listen to the page.
	DataReady, TrainingEpoch, Quarter, ValidatingEpoch, PausedAt, StoppedAt       string
	TrainingDone, SpokenFigures, SpokenValidation, WeightsOf, NoStep, KerasOutput string
	WorkerNever                                                                   string

	// Convlens in another page.
	OpenWhole, Embedding, Sandboxed string
}

// incomparable keeps the compiler from writing a comparison of all those texts,
// which would be 2% of the page.
type incomparable [0]func()

// languages are those that the page speaks; the first is what it falls back to.
var languages = []*words{english, german, french, spanish}

// languageCodes returns the codes of languages.
func languageCodes() []string {
	codes := make([]string, len(languages))
	for i, w := range languages {
		codes[i] = w.Code
	}
	return codes
}

// language returns the first language that the page has of those wanted, which
// are BCP 47 tags like de-AT; only what stands before the first hyphen counts.
func language(wanted ...string) *words {
	for _, tag := range wanted {
		code, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if i := slices.Index(languageCodes(), code); i >= 0 {
			return languages[i]
		}
	}
	return languages[0]
}
