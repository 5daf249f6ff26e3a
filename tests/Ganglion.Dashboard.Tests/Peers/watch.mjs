// Watches a Foxglove stream with Foxglove's own client: subscribes to every channel that is offered, decodes what comes, and tells in JSON
// what it saw, once every topic of the command line has had a message.
// Usage: node watch.mjs ws://ADDRESS TOPIC...
import protocol from "@foxglove/ws-protocol";
import WebSocket from "ws";

const { FoxgloveClient } = protocol;
const [address, ...topics] = process.argv.slice(2);
const client = new FoxgloveClient({ ws: new WebSocket(address, [FoxgloveClient.SUPPORTED_SUBPROTOCOL]) });
const channels = new Map(), seen = {}, status = [], told = {};
const missing = new Set(topics);

const end = () => {
  console.log(JSON.stringify({ server: told.server, parameters: told.parameters, seen, status }));
  process.exit(0);
};

client.on("error", (error) => {
  console.error(`${error}`);
  process.exit(1);
});
client.on("serverInfo", (info) => {
  told.server = info;
  console.log("connected");
});
client.on("status", (message) => status.push(message.message));
client.on("parameterValues", (values) => {
  told.parameters = Object.fromEntries(values.parameters.map((one) => [one.name, one.value]));
});
client.on("advertise", (offered) => {
  for (const channel of offered) {
    channels.set(client.subscribe(channel.id), channel);
    if (channel.schemaEncoding === "jsonschema") {
      JSON.parse(channel.schema);
    }
  }
});
client.on("message", ({ subscriptionId, timestamp, data }) => {
  const channel = channels.get(subscriptionId);
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const one = (seen[channel.topic] ??= { count: 0, schema: channel.schemaName, encoding: channel.encoding });
  one.count++;
  one.seconds = Number(timestamp) * 1e-9;
  one.last = channel.encoding === "json" ? JSON.parse(bytes.toString()) : bytes[0];
  missing.delete(channel.topic);
  if (missing.size === 0 && !told.asked) {
    told.asked = true;
    client.getParameters([]);
    client.setParameters([{ name: "run.seed", value: "2" }]);
    setTimeout(end, 1000);
  }
});
setTimeout(() => {
  console.error(`nothing came for ${[...missing].join(", ")}; seen: ${Object.keys(seen).join(", ")}`);
  process.exit(1);
}, 60_000);
