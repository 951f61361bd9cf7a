/** One HTTP request between two parts of the switchboard: no socket, the body as raw text. */
export type WireRequest = {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string;
};

export type WireResponse = { status: number; headers: Record<string, string>; body: string };

/** Something that answers HTTP requests: the exchange, Sync, Slack, Mackerel. */
export type Neighbour = { name: string; handle(request: WireRequest): Promise<WireResponse> };
