// A Mercure hub for tests: the published package, with what a test sets.
//
//	ADDRESS       where it listens, 127.0.0.1:PORT
//	KEY           of the tokens of publishers and subscribers, HS256
//	HISTORY       file of the history; none where it is empty
//	SIZE          messages that the history keeps
//	HEARTBEAT     time between two signs of life, such as 40s
//	WRITE_TIMEOUT how long a response lasts
//	ORIGINS       other origins that may subscribe, separated by spaces
package main

import (
	"context"
	"log"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/dunglas/mercure"
)

func main() {
	key := []byte(os.Getenv("KEY"))
	options := []mercure.Option{
		mercure.WithAnonymous(),
		mercure.WithPublisherJWT(key, "HS256"),
		mercure.WithSubscriberJWT(key, "HS256"),
		mercure.WithHeartbeat(duration("HEARTBEAT")),
		mercure.WithWriteTimeout(duration("WRITE_TIMEOUT")),
		mercure.WithCORSOrigins(strings.Fields(os.Getenv("ORIGINS"))),
	}
	if file := os.Getenv("HISTORY"); file != "" {
		options = append(options, mercure.WithTransport(history(file)))
	}
	hub, err := mercure.NewHub(context.Background(), options...)
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("/.well-known/mercure", hub)
	log.Fatal(http.ListenAndServe(os.Getenv("ADDRESS"), nil))
}

func history(file string) mercure.Transport {
	size, err := strconv.ParseUint(os.Getenv("SIZE"), 10, 64)
	if err != nil {
		log.Fatal("SIZE: ", err)
	}
	subscribers := mercure.NewSubscriberList(mercure.DefaultSubscriberListCacheSize)
	// 1: what is too old goes with every message.
	transport, err := mercure.NewBoltTransport(subscribers, slog.Default(), file, "", size, 1)
	if err != nil {
		log.Fatal(err)
	}
	return transport
}

func duration(name string) time.Duration {
	value, err := time.ParseDuration(os.Getenv(name))
	if err != nil {
		log.Fatal(name, ": ", err)
	}
	return value
}
