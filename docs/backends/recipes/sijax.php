<?php // A Sijax backend in plain PHP 8: php -S 127.0.0.1:8000 sijax.php

$functions = [
    // A plain call is answered with a list of commands.
    'greet' => fn(string $name) => [
        ['type' => 'html', 'selector' => '#greeting', 'html' => 'Hello, ' . htmlspecialchars($name) . '!', 'setType' => 'replace'],
    ],

    // A comet call is answered with a list whenever there is something to show.
    'work' => function (int $steps) {
        for ($step = 1; $step <= $steps; $step++) {
            usleep(100_000);
            yield [['type' => 'css', 'selector' => '#progress', 'key' => 'width', 'value' => intdiv(100 * $step, $steps) . '%']];
        }
    },
];

function fail(int $status): never
{
    http_response_code($status);
    exit;
}

function stream(iterable $lists): void
{
    header('Content-Type: text/html; charset=utf-8');
    header('X-Accel-Buffering: no');
    while (ob_get_level() > 0) {
        ob_end_clean();
    }
    // Some browsers wait for the first kilobyte of a frame.
    echo str_repeat(' ', 1024), "\n";
    foreach ($lists as $commands) {
        // JSON_HEX_TAG: no HTML in a command may end the script.
        $script = json_encode($commands, JSON_HEX_TAG | JSON_THROW_ON_ERROR);
        echo "<script>window.parent.Sijax.processCommands($script);</script>\n";
        flush();
    }
}

// Other sites must not call with the cookies of your users.
if (($_SERVER['HTTP_SEC_FETCH_SITE'] ?? 'same-origin') !== 'same-origin') {
    fail(403);
}
$function = $functions[$_POST['sijax_rq'] ?? ''] ?? fail(404);
$values = json_decode($_POST['sijax_args'] ?? '');
try {
    $answer = $function(...(is_array($values) ? $values : fail(400)));
} catch (TypeError) {
    fail(400);
}
if (is_array($answer)) {
    header('Content-Type: application/json');
    exit(json_encode($answer, JSON_THROW_ON_ERROR));
}
stream($answer);
