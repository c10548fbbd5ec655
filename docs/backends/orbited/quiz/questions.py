"""Question, choices, and which of them is right."""

QUESTIONS = [
    ("Which comet comes back most often?", ["Halley", "Encke", "Hale-Bopp"], 1),
    ("Where did Orbited's streams go in Internet Explorer?", ["An htmlfile", "An applet", "A WebSocket"], 0),
    ("What ends a STOMP frame?", ["An empty line", "A semicolon", "A NUL byte"], 2),
]
