// The whole server: the page, its files, the trips, and how things stand.
import { createServer } from "node:http";
import { hostname } from "node:os";
import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { addTrip, databaseStatus, listTrips, removeTrip } from "./database.js";

const WEBAPP = fileURLToPath(new URL("../webapp", import.meta.url));
const PORT = Number(process.env.SERVER_PORT ?? 8080);
const COMMIT = process.env.COMMIT ?? "local";
const LONGEST_BODY = 4096;

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** A refusal that the browser is told about. */
class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const json = (status, value) => ({
  status,
  type: "application/json",
  body: JSON.stringify(value),
});

/** index.html with the home component in its place. */
async function page() {
  const [index, home] = await Promise.all([
    readFile(join(WEBAPP, "index.html"), "utf8"),
    readFile(join(WEBAPP, "app/home/home.component.html"), "utf8"),
  ]);
  return {
    status: 200,
    type: TYPES[".html"],
    body: index.replace("<jhi-home></jhi-home>", () => home),
  };
}

async function file(path) {
  const full = normalize(join(WEBAPP, path));
  const type = TYPES[extname(full)];
  if (!full.startsWith(WEBAPP + sep) || !type) throw new Refusal(404, "There is no such page.");
  try {
    return { status: 200, type, body: await readFile(full) };
  } catch {
    throw new Refusal(404, "There is no such page.");
  }
}

async function body(request) {
  let text = "";
  for await (const chunk of request) {
    text += chunk;
    if (text.length > LONGEST_BODY) throw new Refusal(413, "That is too long.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "JSON was expected.");
  }
}

async function newTrip(request) {
  const { destination, departure } = (await body(request)) ?? {};
  if (typeof destination !== "string" || !destination.trim() || destination.length > 80) {
    throw new Refusal(400, "A trip needs a destination of at most 80 characters.");
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(departure ?? "") || Number.isNaN(Date.parse(departure))) {
    throw new Refusal(400, "A trip needs a day of departure, such as 2030-05-17.");
  }
  return json(201, await addTrip(destination.trim(), departure));
}

async function answer(request) {
  const path = decodeURIComponent(request.url.split("?")[0]);
  const trip = /^\/api\/trips\/(\d{1,9})$/.exec(path);
  switch (`${request.method} ${trip ? "/api/trips/:id" : path}`) {
    // The load balancer asks for the page. It must not depend on the database, or
    // a database that restarts would take every healthy task down with it.
    case "GET /":
    case "HEAD /":
      return page();
    case "GET /management/health":
      return json(200, { status: "UP" });
    case "GET /management/info":
      return json(200, { commit: COMMIT, host: hostname(), database: await databaseStatus() });
    case "GET /api/trips":
      return json(200, await listTrips());
    case "POST /api/trips":
      return newTrip(request);
    case "DELETE /api/trips/:id":
      if (!(await removeTrip(Number(trip[1])))) throw new Refusal(404, "That trip is gone.");
      return json(200, {});
  }
  if (request.method !== "GET" && request.method !== "HEAD") throw new Refusal(405, "That cannot be done here.");
  return file(path);
}

function refused(error) {
  if (error instanceof Refusal) return json(error.status, { message: error.message });
  if (error instanceof URIError) return json(400, { message: "That address cannot be read." });
  console.error(error);
  return json(503, { message: "The database does not answer.", cause: error.code ?? error.message });
}

const server = createServer(async (request, response) => {
  const { status, type, body } = await answer(request).catch(refused);
  response.writeHead(status, {
    "Content-Type": type,
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(request.method === "HEAD" ? undefined : body);
});

server.listen(PORT, () => console.log(`tripmgmt ${COMMIT} listens on port ${PORT}`));

// ECS says goodbye with SIGTERM: finish what is being answered, then go.
process.on("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
