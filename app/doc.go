// Package app is the page: go-app components that show what the training
// worker tells and send it what the visitor asks.
//
// Data goes one way. The worker's events (package nn/wire) reach the page
// through a Session, State.Apply reduces them to one value, the views read
// that value, and pixels leave through raster and canvas. Only commands go
// back, all of them through desk:
//
//	session.go                              what a Session is
//	worker.go local.go                      in a Web Worker; in this process
//	state.go curves.go                      wire events -> State
//	settings.go setting.go preset.go        settings <-> the page's query
//	desk.go                                 what follows from events
//	actions.go choices.go whychoice.go      what the visitor does -> commands
//	pace.go                                 how long a run will take
//	shell.go storage.go handover.go         what the browser keeps for later
//	page.go                                 the root: composes the views
//	runbar.go notices.go                    above the sections
//	announcer.go                            the run, for those who listen
//	data.go sample.go pixels.go ownview.go  section 1, one view each
//	exploreview.go exploreclasses.go exploremeans.go
//	exploreimages.go explorevalues.go
//	explore.go means.go                     section 1, the data explorer
//	own.go drop.go                          the visitor's files
//	train.go controls.go progress.go share.go layers.go
//	chart.go chartpicture.go                section 2
//	inside.go kernels.go kernel.go arrange.go
//	denseweights.go draw.go filterimages.go
//	stages.go
//	layerdetail.go featuremaps.go probs.go  section 3
//	explain.go arithmetic.go convolution.go
//	sums.go weightstep.go                   section 3, a value's arithmetic
//	why.go whyfigure.go silence.go          section 3, why this answer
//	padview.go padanswer.go padkept.go pad.go
//	padpicture.go                           section 4: what the visitor draws
//	timeview.go film.go filmpicture.go
//	                                        the run's past
//	healthview.go health.go healthpicture.go
//	                                        the network's health
//	testmap.go testmapinput.go testmappicture.go mapzoom.go maplabels.go
//	                                        the test set as a whole
//	evaluation.go confusion.go confusiontable.go reliability.go
//	lossgallery.go report.go evaluationfiles.go
//	                                        how well all of the test set is read
//	finished.go compare.go comparechart.go
//	comparekernels.go                       two runs side by side
//	take.go download.go sheet.go
//	kerneldocument.go rundocument.go runhealth.go
//	                                        what can be kept as files
//	footer.go offline.go update.go          below them
//	panels.go frame.go                      one part alone, in a frame
//	embed.go herald.go                      what the page around a frame is told and may ask
//	words*.go phrases*.go language.go       the words, in each language
//	keras.go format.go                      numbers
//	grid.go raster.go palette.go plot.go scroll.go
//	cells.go legend.go filterpicture.go
//	images.go gallery.go                    images of the dataset, one and many
//	whypicture.go                           pictures as pure functions
//	canvas.go button.go caption.go detail.go theme.go keys.go
//	focus.go attention.go svg.go promise.go
//	                                        where the page meets the browser
//
// A view is a component with two exported fields: Desk, the same pointer for
// its whole life, and Rev, a number that changes when something the view
// shows has changed; go-app renders a view again only when a field differs.
// Canvases are repainted without rendering the DOM again (see canvas). In the
// program all of this is done in slices of a few milliseconds, between which the
// browser has its thread back (see wasm/goapp.sh): what is seen may be half of a
// frame, but what the visitor does meets a whole one.
//
// Render, OnInit and OnNav also run natively when the site is built, so they
// never touch JavaScript, the clock or chance; OnMount does.
package app
