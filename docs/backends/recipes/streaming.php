<?php
// An event stream with PHP. Run: PHP_CLI_SERVER_WORKERS=100 php -S localhost:8000 streaming.php

$heartbeat = (int) (getenv('HEARTBEAT') ?: 15_000) / 1000; // seconds
const LOOK = 20_000; // microseconds between two looks for news

// Each request has a process of its own, so they meet in files: one message in each line of a log, whose number is its id.
$folder = sys_get_temp_dir() . '/encke-streaming';
@mkdir($folder);
touch("$folder/messages");

match ($_SERVER['REQUEST_METHOD'] . ' ' . strtok($_SERVER['REQUEST_URI'], '?')) {
    'GET /events' => events($folder, $heartbeat),
    'POST /publish' => publish($folder),
    'POST /answer' => answer($folder),
    'GET /status' => status($folder),
    default => http_response_code(404),
};

function events(string $folder, float $heartbeat): void
{
    $lastId = $_SERVER['HTTP_LAST_EVENT_ID'] ?? $_GET['lastEventId'] ?? '';
    $log = fopen("$folder/messages", 'r');
    $newest = 0;
    while (fgets($log) !== false) {
        $newest++;
    }
    $last = $lastId === '' ? $newest : (int) $lastId;
    if ($last !== $newest) {
        // Everything, when it is not an id of ours.
        $last = ctype_digit($lastId) && $last < $newest ? $last : 0;
        rewind($log);
        for ($number = 0; $number < $last; $number++) {
            fgets($log);
        }
    }
    beginStream($folder, 'stream');
    send(":\n\n"); // shows at once that nothing holds the stream back
    $sent = microtime(true);
    // PHP ends the script when it writes and the client has gone: so there must be a heartbeat.
    while (true) {
        $text = '';
        $place = ftell($log);
        while (($line = fgets($log)) !== false && str_ends_with($line, "\n")) {
            $last++;
            $text .= "id: $last\n" . dataLines(json_decode($line)) . "\n";
            $place = ftell($log);
        }
        fseek($log, $place); // a line that is not whole yet is read again
        if ($text !== '' || microtime(true) - $sent >= $heartbeat) {
            send($text !== '' ? $text : ":\n\n");
            $sent = microtime(true);
        }
        usleep(LOOK);
    }
}

function publish(string $folder): void
{
    file_put_contents("$folder/messages", json_encode(file_get_contents('php://input')) . "\n", FILE_APPEND | LOCK_EX);
    http_response_code(204);
}

/** As a language model does: word by word, until there are no more or the client has gone. */
function answer(string $folder): void
{
    ['prompt' => $prompt] = json_decode(file_get_contents('php://input'), true);
    beginStream($folder, 'answer');
    foreach (explode(' ', $prompt) as $word) {
        send(dataLines(json_encode(['word' => $word])) . "\n");
        usleep(50_000);
    }
    send(dataLines('[DONE]') . "\n");
}

function status(string $folder): void
{
    header('Content-Type: application/json');
    echo json_encode(['streams' => count(glob("$folder/stream-*")), 'answers' => count(glob("$folder/answer-*"))]);
}

function beginStream(string $folder, string $what): void
{
    header('Content-Type: text/event-stream');
    header('Cache-Control: no-cache');
    header('X-Accel-Buffering: no'); // for nginx
    set_time_limit(0);
    // PHP collects what is written, unless its buffers are ended.
    while (ob_get_level() > 0) {
        ob_end_flush();
    }
    $mark = tempnam($folder, "$what-");
    register_shutdown_function(fn () => unlink($mark));
}

function send(string $text): void
{
    echo $text;
    flush();
}

function dataLines(string $text): string
{
    $lines = preg_split('/\r\n|\r|\n/', $text);
    return implode('', array_map(fn ($line) => "data: $line\n", $lines));
}
