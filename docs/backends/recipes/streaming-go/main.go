// An event stream from Go's net/http. Run: go run main.go
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const kept = 1000 // messages that a client may miss

type message struct{ id, text string }

// hub keeps the last messages, and passes new ones to those who listen.
type hub struct {
	mutex   sync.Mutex
	lastID  int
	history []message // the oldest first
	streams map[chan string]struct{}
	answers atomic.Int32 // being written now
}

// follow gives what came after an id, and a channel of what comes from now on.
func (h *hub) follow(lastEventID string) ([]message, chan string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	channel := make(chan string, 256)
	h.streams[channel] = struct{}{}
	if lastEventID == "" {
		return nil, channel
	}
	missed := h.history // everything, when it is not an id of ours
	for place, message := range h.history {
		if message.id == lastEventID {
			missed = h.history[place+1:]
		}
	}
	return append([]message{}, missed...), channel
}

func (h *hub) leave(channel chan string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	delete(h.streams, channel)
}

func (h *hub) publish(data string) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.lastID++
	id := strconv.Itoa(h.lastID)
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(data), "\n")
	text := "id: " + id + "\ndata: " + strings.Join(lines, "\ndata: ") + "\n\n"
	h.history = append(h.history, message{id, text})
	if len(h.history) > kept {
		h.history = h.history[1:]
	}
	for channel := range h.streams {
		select {
		case channel <- text:
		default: // It reads too slowly. It connects again, and asks for what it has missed.
			delete(h.streams, channel)
			close(channel)
		}
	}
}

func (h *hub) events(w http.ResponseWriter, r *http.Request) {
	write := begin(w)
	if write(":\n\n") != nil {
		return
	}
	lastEventID := r.Header.Get("Last-Event-ID")
	if lastEventID == "" {
		lastEventID = r.URL.Query().Get("lastEventId")
	}
	missed, channel := h.follow(lastEventID)
	defer h.leave(channel)
	for _, message := range missed {
		if write(message.text) != nil {
			return
		}
	}
	ticker := time.NewTicker(heartbeat())
	defer ticker.Stop()
	for {
		text, isOpen := ":\n\n", true
		select {
		case <-r.Context().Done():
			return
		case <-ticker.C:
		case text, isOpen = <-channel:
		}
		if !isOpen || write(text) != nil {
			return
		}
	}
}

// answer writes as a language model does: word by word, until there are no more or the client has gone.
func (h *hub) answer(w http.ResponseWriter, r *http.Request) {
	var question struct{ Prompt string }
	if json.NewDecoder(r.Body).Decode(&question) != nil {
		http.Error(w, "no JSON", http.StatusBadRequest)
		return
	}
	h.answers.Add(1)
	defer h.answers.Add(-1)
	write := begin(w)
	for _, word := range strings.Split(question.Prompt, " ") {
		data, _ := json.Marshal(map[string]string{"word": word})
		if write("data: "+string(data)+"\n\n") != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
	write("data: [DONE]\n\n")
}

// begin sends the head, and gives what writes a piece and sends it at once.
func begin(w http.ResponseWriter) func(string) error {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("X-Accel-Buffering", "no") // for nginx
	controller := http.NewResponseController(w)
	return func(text string) error {
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
		return controller.Flush()
	}
}

func heartbeat() time.Duration {
	if milliseconds, err := strconv.Atoi(os.Getenv("HEARTBEAT")); err == nil {
		return time.Duration(milliseconds) * time.Millisecond
	}
	return 15 * time.Second
}

func main() {
	h := &hub{streams: map[chan string]struct{}{}}
	http.HandleFunc("GET /events", h.events)
	http.HandleFunc("POST /answer", h.answer)
	http.HandleFunc("POST /publish", func(w http.ResponseWriter, r *http.Request) {
		data, err := io.ReadAll(r.Body)
		if err == nil {
			h.publish(string(data))
		}
		w.WriteHeader(http.StatusNoContent)
	})
	http.HandleFunc("GET /status", func(w http.ResponseWriter, r *http.Request) {
		h.mutex.Lock()
		defer h.mutex.Unlock()
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"streams": %d, "answers": %d}`, len(h.streams), h.answers.Load())
	})
	port := os.Getenv("PORT")
	if port == "" {
		port = "8000"
	}
	// No WriteTimeout: it would end every stream.
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
