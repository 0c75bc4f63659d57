/** Throws an Error with the control port's own message when it refuses. */
export function getJson(path) {
  return send(path, { method: 'GET' });
}

export function postJson(path, value) {
  const headers = { 'content-type': 'application/json' };
  return send(path, { method: 'POST', headers, body: JSON.stringify(value) });
}

export function remove(path) {
  return send(path, { method: 'DELETE' });
}

async function send(path, init) {
  const response = await fetch(path, init);
  if (response.status === 204) return undefined;
  const reply = await response.json();
  if (!response.ok) throw new Error(reply.message);
  return reply;
}
