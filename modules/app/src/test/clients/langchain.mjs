// LangChain with OpenInference: middleware tries a failed tool again; another run is interrupted
// for a human and resumed in a trace of its own.
import { trace } from '@opentelemetry/api';
import * as manager from '@langchain/core/callbacks/manager';
import { LangChainInstrumentation } from '@arizeai/openinference-instrumentation-langchain';
import { startModel } from './model.mjs';
import { startTelemetry } from './telemetry.mjs';

const provider = startTelemetry('lc-svc', '2.0.0');
const instrumentation = new LangChainInstrumentation();
instrumentation.manuallyInstrument(manager);
const { createAgent, tool, toolRetryMiddleware } = await import('langchain');
const { Command, MemorySaver, interrupt } = await import('@langchain/langgraph');
const { ChatOpenAI } = await import('@langchain/openai');
const { z } = await import('zod');

const configuration = { baseURL: await startModel() };
const model = new ChatOpenAI({ model: 'gpt-mock', apiKey: 'sk-test', configuration, maxRetries: 0 });
const schema = z.object({ city: z.string() });
let calls = 0;
const weather = tool(
  async () => {
    await new Promise((later) => setTimeout(later, 15));
    if (++calls === 1) throw new Error('upstream 503');
    return '{"tempC":21}';
  },
  { name: 'get_weather', description: 'weather', schema },
);
const pay = tool(
  async () => {
    const said = interrupt({ question: 'pay?' });
    return said === 'yes' ? '{"paid":true}' : '{"paid":false}';
  },
  { name: 'make_payment', description: 'pay', schema },
);

const forecaster = createAgent({
  model,
  tools: [weather],
  name: 'weather-agent',
  middleware: [toolRetryMiddleware({ maxRetries: 2, initialDelayMs: 10 })],
});
const ask = { messages: [{ role: 'user', content: 'Weather in Paris for ada@example.org?' }] };
await trace.getTracer('app').startActiveSpan('POST /chat', async (span) => {
  await forecaster.invoke(ask, { configurable: { thread_id: 'thread-77' } });
  span.end();
});

const payer = createAgent({ model, tools: [pay], name: 'payer', checkpointer: new MemorySaver() });
const thread = { configurable: { thread_id: 'thread-78' } };
await payer.invoke({ messages: [{ role: 'user', content: 'Pay' }] }, thread);
await payer.invoke(new Command({ resume: 'yes' }), thread);
await provider.shutdown();
