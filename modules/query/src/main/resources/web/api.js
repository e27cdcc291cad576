// Questions to the API. An error keeps the server's sentence and hint.

export class ApiError extends Error {
  constructor(status, body) {
    super(body?.message ?? "the server does not answer");
    this.status = status;
    this.hint = body?.hint ?? "is it still running?";
  }
}

export async function ask(path, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, value);
  }
  const text = query.toString();
  let response;
  try {
    response = await fetch("/api/v1/" + path + (text ? "?" + text : ""), {
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    throw new ApiError(0, null);
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, body);
  return body;
}

export function href(page, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== "") query.set(name, value);
  }
  const text = query.toString();
  return "#/" + page + (text ? "?" + text : "");
}
