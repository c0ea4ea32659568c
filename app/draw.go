package app

import "convlens/nn/wire"

// lensFilters is the key of the lens "Filter images".
const lensFilters = "filters"

// drawing is what filter images are asked for, and which one is looked at.
type drawing struct {
	wire.Draw
	Unit     int
	UnderWay bool // asked for, and not ended yet
}

// drawable lists the layers that have filters or units.
func (d *desk) drawable() (layers []wire.LayerInfo) {
	if d.State.Model == nil {
		return nil
	}
	for _, l := range d.State.Model.Layers {
		if l.Type == "Conv2D" || l.Type == "Dense" {
			layers = append(layers, l)
		}
	}
	return layers
}

// draw asks for the images of the chosen layer, with the network as it is now.
func (d *desk) draw() {
	layers := d.drawable()
	if len(layers) == 0 {
		return // the model is on its way, and draws when it is there
	}
	if l, _ := d.State.Layer(d.Drawing.Layer); l == nil {
		d.Drawing.Layer = layers[0].Name
	}
	d.Drawing.UnderWay = true
	ask := d.Drawing.Draw
	d.look(&ask)
	d.touch(topicDrawn)
}

// openDrawing draws for a view that has just opened, unless what it shows is
// there.
func (d *desk) openDrawing() {
	m := d.drawn()
	there := m != nil && m.Taken == m.Units*m.Steps && m.Step == d.State.Run.Step
	if !there && !d.Drawing.UnderWay {
		d.draw()
	}
}

// drawLayer and drawPlain choose what is drawn, and how.
func (d *desk) drawLayer(name string) {
	if name != d.Drawing.Layer {
		d.Drawing.Layer, d.Drawing.Unit = name, 0
		d.draw()
	}
}

func (d *desk) drawPlain(plain bool) {
	if plain != d.Drawing.Plain {
		d.Drawing.Plain = plain
		d.draw()
	}
}

// drawAgain begins with other noise, and takes the network as it is now.
func (d *desk) drawAgain() {
	d.Drawing.Seed++
	d.draw()
}

// keepDrawing takes an event into account that drawing may end with.
func (d *desk) keepDrawing(m wire.Message) {
	switch m := m.(type) {
	case *wire.Model: // another network
		d.Drawing.UnderWay = false
		if l, _ := d.State.Layer(d.Drawing.Layer); l != nil {
			d.Drawing.Unit = min(d.Drawing.Unit, l.OutShape[0]-1)
		}
	case *wire.Drawn:
		if m.Draw == d.Drawing.Draw && m.Taken == m.Units*m.Steps {
			d.Drawing.UnderWay = false
		}
	case *wire.Failed:
		if m.Fatal || m.Doing == "Draw" {
			d.Drawing.UnderWay = false
		}
	}
	d.touch(topicDrawn)
}

// drawn is how far the images have come that are asked for, or nil.
func (d *desk) drawn() *wire.Drawn {
	m := d.State.Drawn
	if m == nil || m.Draw != d.Drawing.Draw || len(m.Shape) != 3 {
		return nil
	}
	begun := len(m.Last)
	if begun > m.Units || len(m.First) != begun || len(m.Images) != begun*m.Shape[0]*m.Shape[1]*m.Shape[2] {
		return nil
	}
	return m
}
