// Asks an OpenAI-shaped endpoint by OpenAI's own client, and prints what it understood as JSON.
// node tests/openai-client.mjs http://localhost:9080/demo/v1/
import OpenAI from 'openai';

const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'none', maxRetries: 0 });
const messages = [{ role: 'user', content: 'Count. [[demo tokens=40 numbered]]' }];

const models = [];
for await (const model of client.models.list()) models.push(model.id);

const completion = await client.chat.completions.create({ model: 'demo', messages });

let streamed = '';
let finish;
let usage;
const stream = await client.chat.completions.create({
  model: 'demo',
  messages,
  stream: true,
  stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  streamed += chunk.choices[0]?.delta.content ?? '';
  finish ??= chunk.choices[0]?.finish_reason;
  usage ??= chunk.usage?.completion_tokens;
}

const refused = await client.chat.completions.create({ model: 'demo', messages: [] }).then(
  () => null,
  (error) => ({ status: error.status, message: error.message }),
);

console.log(
  JSON.stringify({ models, whole: completion.choices[0].message.content, streamed, finish, usage, refused }),
);
