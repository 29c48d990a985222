// Fills the page with the trips and with how things stand. Without it the page still reads.
const form = document.getElementById("new-trip");
const list = document.getElementById("trips");
const status = document.getElementById("status");

async function ask(path, options) {
  const answer = await fetch(path, options);
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.message);
  return value;
}

function row(trip) {
  const item = document.createElement("li");
  const day = document.createElement("time");
  day.dateTime = trip.departure;
  day.textContent = trip.departure;
  const name = document.createElement("span");
  name.textContent = trip.destination;
  const remove = document.createElement("button");
  remove.textContent = "Remove";
  remove.setAttribute("aria-label", `Remove ${trip.destination}`);
  remove.onclick = () => ask(`api/trips/${trip.id}`, { method: "DELETE" }).catch(() => {}).then(show);
  item.append(day, name, remove);
  return item;
}

async function show() {
  try {
    list.replaceChildren(...(await ask("api/trips")).map(row));
    form.hidden = false;
  } catch (error) {
    form.hidden = true;
    list.textContent = error.message;
  }
}

form.onsubmit = async (event) => {
  event.preventDefault();
  try {
    await ask("api/trips", { method: "POST", body: JSON.stringify(Object.fromEntries(new FormData(form))) });
    form.reset();
    await show();
  } catch (error) {
    list.textContent = error.message;
  }
};

const info = await ask("management/info").catch(() => undefined);
if (info) {
  const cause = info.database.cause ? ` (${info.database.cause})` : "";
  status.textContent = `Version ${info.commit} on ${info.host}. Database: ${info.database.status}${cause}.`;
  await show();
}
