// Serves telegram-test-api on 127.0.0.1, the port being the only argument; scripts/emulator.py starts it.
//
// What is added here is what the Bot API requires and the package leaves out; without it no library could
// read its answers. Every call of the bot is written to stdout in the form of an access log.
'use strict';

const TelegramServer = require('telegram-test-api');

const EMPTY_POLL_MILLISECONDS = 100; // the package knows no `timeout`; the bot would ask without a pause

const server = new TelegramServer({
  port: Number(process.argv[2]),
  host: '127.0.0.1',
  storeTimeout: 3600, // seconds; by default messages are forgotten during the talk
});

// CallbackQuery.chat_instance is required.
const { formatUpdate } = TelegramServer;
TelegramServer.formatUpdate = (update) => {
  const formatted = formatUpdate(update);
  if (formatted.callback_query) {
    formatted.callback_query.chat_instance = '1';
  }
  return formatted;
};

const { response } = server.webServer;
const { json } = response;
response.json = function (body) {
  const method = /^\/bot[^/]+\/(\w+)/.exec(this.req.path)?.[1];
  if (method) {
    const why = this.statusCode === 200 ? '' : ` ${body.message}`;
    console.log(`"${this.req.method} ${this.req.path} HTTP/1.1" ${this.statusCode}${why}`);
  }
  if (method === 'getMe') {
    body.result.is_bot = true; // User.is_bot is required
  }
  if (method === 'getUpdates' && body.result.length === 0) {
    setTimeout(() => json.call(this, body), EMPTY_POLL_MILLISECONDS);
    return this;
  }
  return json.call(this, body);
};

// Give the bot every update once more: the package confirms on reading, so nothing would ever come twice.
process.on('SIGUSR2', () => {
  for (const update of server.storage.userMessages) {
    update.isRead = false;
  }
});

server.start();
