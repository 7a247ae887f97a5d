// Typed clients of StarAction's services over gRPC-Web.

import type { DescService } from "@bufbuild/protobuf";
import { type Client, Code, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";

export { Code, ConnectError };
export type { Client };

export interface Options {
  // Where the gateway is, e.g. "https://api.example".
  baseUrl: string;
  // The access token, asked for anew before each call, so that it may be renewed.
  token: () => string | Promise<string>;
  // Language of texts for people, as in Accept-Language.
  language?: "ja" | "en";
}

// A function that makes the client of a service:
//   const api = connect({ baseUrl, token });
//   const engagements = api(EngagementService);
export function connect(options: Options): <S extends DescService>(service: S) => Client<S> {
  const sign: Interceptor = (next) => async (request) => {
    request.header.set("Authorization", `Bearer ${await options.token()}`);
    request.header.set("Accept-Language", options.language ?? "ja");
    return next(request);
  };
  const transport = createGrpcWebTransport({ baseUrl: options.baseUrl, interceptors: [sign] });
  return (service) => createClient(service, transport);
}
