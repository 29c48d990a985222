// The trips, in the database that SPRING_DATASOURCE_* names.
import pg from "pg";

const url = process.env.SPRING_DATASOURCE_URL ?? "";
// A placeholder that nobody has filled yet counts as none.
const address = /^jdbc:postgresql:\/\/([^:/?<>]+)(?::(\d+))?\/([^?]+)/.exec(url);

let ready; // the pool, once the database has answered and the table stands

/** Connects as JDBC does by default: encrypted if the server can, otherwise not. */
async function connect() {
  const [, host, port, database] = address;
  const settings = {
    host,
    port: Number(port ?? 5432),
    database,
    user: process.env.SPRING_DATASOURCE_USERNAME,
    password: process.env.SPRING_DATASOURCE_PASSWORD,
    connectionTimeoutMillis: 3000,
    query_timeout: 5000,
    max: 4,
  };
  const attempt = async (ssl) => {
    const pool = new pg.Pool({ ...settings, ssl });
    // An idle connection that breaks is replaced; without a listener it would end the process.
    pool.on("error", (error) => console.error("database:", error.message));
    try {
      await pool.query(
        "CREATE TABLE IF NOT EXISTS trip (id serial PRIMARY KEY, destination text NOT NULL, departure date NOT NULL)",
      );
      return pool;
    } catch (error) {
      await pool.end();
      throw error;
    }
  };
  try {
    return await attempt({ rejectUnauthorized: false });
  } catch (error) {
    if (!/does not support SSL/.test(error.message)) throw error;
    return attempt(false);
  }
}

async function query(text, values) {
  if (!address) throw new Error("SPRING_DATASOURCE_URL names no database");
  // A failed attempt is forgotten, so that the next request tries again.
  ready ??= connect().catch((error) => {
    ready = undefined;
    throw error;
  });
  return (await ready).query(text, values);
}

/** `up`, `down` with the reason, or `not configured`. */
export async function databaseStatus() {
  if (!address) return { status: "not configured" };
  try {
    await query("SELECT 1");
    return { status: "up" };
  } catch (error) {
    return { status: "down", cause: error.code ?? error.message };
  }
}

const COLUMNS = "id, destination, to_char(departure, 'YYYY-MM-DD') AS departure";

/** The next hundred trips. */
export async function listTrips() {
  return (await query(`SELECT ${COLUMNS} FROM trip ORDER BY trip.departure, id LIMIT 100`)).rows;
}

/** Adds a trip and gives it back with its id. */
export async function addTrip(destination, departure) {
  const text = `INSERT INTO trip (destination, departure) VALUES ($1, $2) RETURNING ${COLUMNS}`;
  return (await query(text, [destination, departure])).rows[0];
}

/** Whether there was such a trip. */
export async function removeTrip(id) {
  return (await query("DELETE FROM trip WHERE id = $1", [id])).rowCount === 1;
}
