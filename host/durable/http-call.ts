import { z } from 'zod';

/** The activity that sends the requests of `callHttp` (extension, `HttpOptions.HttpTaskActivityReservedName`). */
export const HTTP_ACTIVITY = 'BuiltIn::HttpActivity';

/** A request of `callHttp` (durable-functions 3.5.0, `http/DurableHttpRequest.js`). */
export const httpRequest = z.object({
  method: z.string(),
  uri: z.string(),
  content: z.string().nullish(),
  headers: z.record(z.string(), z.unknown()).nullish(),
  tokenSource: z.unknown().optional(),
  asynchronousPatternEnabled: z.boolean().nullish(),
});

/** The checked request of `callHttp`. */
export type HttpRequest = z.infer<typeof httpRequest>;

/** The answer to it, as the result of the activity. */
export const httpResponse = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  content: z.string(),
});

/** The checked answer. */
export type HttpResponse = z.infer<typeof httpResponse>;
