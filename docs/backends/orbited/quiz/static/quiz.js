// The page, whichever way its news come.

/** Hands each message to the functions for its destination, as an object. */
const destpatterns = {
  patterns: [],
  add(pattern, handler) {
    this.patterns.push({ pattern, handler });
  },
  dispatch({ headers, body }) {
    for (const { pattern, handler } of this.patterns)
      if (pattern.test(headers.destination)) handler(JSON.parse(body));
  },
};

// /games/1/status, and as RabbitMQ has it: /topic/games.1.status
destpatterns.add(/\bgames\W\d+\Wstatus$/, (status) => quiz.showStatus(status));
destpatterns.add(/\bgames\W\d+\Wplayers$/, ({ players }) => quiz.showPlayers(players));

function debug(text) {
  element('connection').textContent = text;
}

function element(id) {
  return document.getElementById(id);
}

const quiz = {
  begin(page) {
    this.page = page;
    this.show(JSON.parse(element('state').textContent));
    for (const button of document.querySelectorAll('[data-post]'))
      button.addEventListener('click', () => this.post(button.dataset.post));
  },

  /** Asks for everything there is to show. */
  async refresh() {
    const response = await fetch(this.page.state);
    this.show(await response.json());
  },

  show({ status, players: { players } }) {
    this.showStatus(status);
    this.showPlayers(players);
  },

  showStatus({ state, number, question, choices = [] }) {
    element('status').textContent =
      question ?? { waiting: 'Waiting for players.', over: 'The game is over.' }[state];
    element('choices').replaceChildren(
      ...choices.map((text, choice) => {
        const button = Object.assign(document.createElement('button'), { textContent: text });
        button.addEventListener('click', () => this.post(this.page.answer, { number, choice }));
        return item(button);
      }),
    );
  },

  showPlayers(players) {
    element('players').replaceChildren(...players.map(({ name, score }) => item(`${name}: ${score}`)));
  },

  async post(url, body = {}) {
    const headers = { 'X-CSRFToken': this.page.token, 'Content-Type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    const { error = '' } = response.ok ? await response.json() : { error: `${response.status}` };
    element('error').textContent = error;
  },
};

function item(content) {
  const li = document.createElement('li');
  li.append(content);
  return li;
}
