package app

import (
	"testing"

	"convlens/nn/wire"
)

func TestKerasLine(t *testing.T) {
	for _, c := range []struct {
		p    wire.Progress
		want string
	}{
		{wire.Progress{Samples: 60000},
			"    0/60000 [..............................]"},
		{wire.Progress{State: wire.Training, Seen: 128, Samples: 60000, ElapsedMS: 100, Loss: 2.3026, Acc: 0.1},
			"  128/60000 [..............................] - ETA: 46s - loss: 2.3026 - acc: 0.1000"},
		{wire.Progress{State: wire.Training, Seen: 31232, Samples: 60000, ElapsedMS: 15200, Loss: 0.4123, Acc: 0.8712},
			"31232/60000 [==============>...............] - ETA: 14s - loss: 0.4123 - acc: 0.8712"},
		{wire.Progress{State: wire.Paused, Seen: 31232, Samples: 60000, ElapsedMS: 15200, Loss: 0.4123, Acc: 0.8712},
			"31232/60000 [==============>...............] - 15s - loss: 0.4123 - acc: 0.8712"},
		{wire.Progress{State: wire.Evaluating, Seen: 60000, Samples: 60000, ElapsedMS: 28100, Loss: 0.2881, Acc: 0.9103},
			"60000/60000 [==============================] - 28s - loss: 0.2881 - acc: 0.9103"},
		{wire.Progress{State: wire.Done, Seen: 60000, Samples: 60000, ElapsedMS: 29900, Loss: 0.2881, Acc: 0.9103,
			Validated: true, ValLoss: 0.0712, ValAcc: 0.9776},
			"60000/60000 [==============================] - 29s - loss: 0.2881 - acc: 0.9103 - val_loss: 0.0712 - val_acc: 0.9776"},
		{wire.Progress{State: wire.Training, Seen: 1, Samples: 100, ElapsedMS: 1000, Loss: 1, Acc: 1},
			"  1/100 [..............................] - ETA: 1:39 - loss: 1.0000 - acc: 1.0000"},
		{wire.Progress{State: wire.Training, Seen: 1, Samples: 100, ElapsedMS: 100e3, Loss: 0.00012345, Acc: 0},
			"  1/100 [..............................] - ETA: 2:45:00 - loss: 1.2345e-04 - acc: 0.0000e+00"},
	} {
		if got := kerasLine(c.p); got != c.want {
			t.Errorf("got\n%q, expected\n%q", got, c.want)
		}
	}
}
