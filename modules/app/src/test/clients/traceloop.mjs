// OpenLLMetry: a workflow, an agent, a tool that fails once and is tried again by hand.
import * as traceloop from '@traceloop/node-server-sdk';
import OpenAI from 'openai';
import { startModel } from './model.mjs';

traceloop.initialize({
  appName: 'tl-svc',
  baseUrl: process.argv[2],
  apiKey: 'test',
  disableBatch: true,
  silenceInitializationMessage: true,
  traceloopSyncEnabled: false,
  instrumentModules: { openAI: OpenAI },
});
const openai = new OpenAI({ apiKey: 'sk-test', baseURL: await startModel(), maxRetries: 0 });
const parameters = { type: 'object', properties: { city: { type: 'string' } } };
const tools = [{ type: 'function', function: { name: 'get_weather', parameters } }];
let calls = 0;
const weather = () =>
  traceloop.withTool({ name: 'get_weather', version: 2 }, async () => {
    await new Promise((later) => setTimeout(later, 15));
    if (++calls === 1) throw new Error('upstream 503');
    return { tempC: 21 };
  });

async function converse() {
  const messages = [{ role: 'user', content: 'Weather in Paris for ada@example.org?' }];
  for (;;) {
    const answer = await openai.chat.completions.create({ model: 'gpt-mock', messages, tools });
    const message = answer.choices[0].message;
    messages.push(message);
    if (!message.tool_calls) return;
    for (const call of message.tool_calls) {
      const result = await weather().catch(weather);
      messages.push({ role: 'tool', tool_call_id: call.id, content: JSON.stringify(result) });
    }
  }
}
await traceloop.withAssociationProperties({ session_id: 'sess-9' }, () =>
  traceloop.withWorkflow({ name: 'support_flow', version: 3 }, () =>
    traceloop.withAgent({ name: 'weather-agent' }, converse),
  ),
);
await traceloop.forceFlush();
process.exit(0);
