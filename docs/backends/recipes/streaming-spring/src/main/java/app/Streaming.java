// An event stream from Spring WebFlux. Run: mvn package, then java -jar target/streaming-1.jar

package app;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.*;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

@SpringBootApplication
@RestController
public class Streaming {
  static final int KEPT = 1000; // messages that a client may miss
  static final Duration HEARTBEAT =
      Duration.ofMillis(Long.parseLong(System.getenv().getOrDefault("HEARTBEAT", "15000")));

  final ArrayDeque<ServerSentEvent<String>> history = new ArrayDeque<>();
  final Sinks.Many<ServerSentEvent<String>> published = Sinks.many().multicast().directBestEffort();
  final AtomicInteger streams = new AtomicInteger();
  final AtomicInteger answers = new AtomicInteger();
  int lastId = 0;

  public static void main(String[] arguments) {
    System.setProperty("server.port", System.getenv().getOrDefault("PORT", "8000"));
    SpringApplication.run(Streaming.class, arguments);
  }

  @GetMapping(path = "/events", produces = "text/event-stream")
  Flux<ServerSentEvent<String>> events(
      @RequestHeader(name = "Last-Event-ID", required = false) String header,
      @RequestParam(name = "lastEventId", required = false) String query) {
    String lastEventId = header != null ? header : query;
    Flux<ServerSentEvent<String>> comments =
        Flux.interval(Duration.ZERO, HEARTBEAT).onBackpressureDrop().map(n -> comment());
    return Flux.merge(comments, since(lastEventId))
        .doOnSubscribe(any -> streams.incrementAndGet())
        .doFinally(any -> streams.decrementAndGet());
  }

  /** What was missed, and then what is published: nothing may come between the two, so they are put together under the lock. */
  synchronized Flux<ServerSentEvent<String>> since(String id) {
    Sinks.Many<ServerSentEvent<String>> own = Sinks.many().unicast().onBackpressureBuffer();
    if (id != null) after(id).forEach(own::tryEmitNext);
    var subscription = published.asFlux().subscribe(own::tryEmitNext);
    return own.asFlux().doFinally(any -> subscription.dispose());
  }

  /** What came after an id; everything, when it is not an id of ours. */
  List<ServerSentEvent<String>> after(String id) {
    boolean isOurs = history.stream().anyMatch(event -> id.equals(event.id()));
    if (!isOurs) return List.copyOf(history);
    return history.stream().dropWhile(event -> !id.equals(event.id())).skip(1).toList();
  }

  @PostMapping("/publish")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  synchronized void publish(@RequestBody String data) {
    lastId++;
    var event = ServerSentEvent.builder(data).id(String.valueOf(lastId)).build();
    history.addLast(event);
    if (history.size() > KEPT) history.removeFirst();
    published.tryEmitNext(event);
  }

  record Question(String prompt) {}

  /** As a language model does: word by word. A client that goes away cancels the stream. */
  @PostMapping(path = "/answer", produces = "text/event-stream")
  Flux<ServerSentEvent<Object>> answer(@RequestBody Question question) {
    return Flux.fromArray(question.prompt().split(" "))
        .<Object>map(word -> Map.of("word", word))
        .concatWithValues("[DONE]")
        .delayElements(Duration.ofMillis(50))
        .map(data -> ServerSentEvent.<Object>builder(data).build())
        .doOnSubscribe(any -> answers.incrementAndGet())
        .doFinally(any -> answers.decrementAndGet());
  }

  @GetMapping("/status")
  Map<String, Integer> status() {
    return Map.of("streams", streams.get(), "answers", answers.get());
  }

  static ServerSentEvent<String> comment() {
    return ServerSentEvent.<String>builder().comment("").build();
  }
}
