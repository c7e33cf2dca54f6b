import { expect } from 'vitest';
import { z } from 'zod';

const problem = z.object({
  type: z.string(),
  title: z.string().min(1),
  status: z.number(),
  code: z.string(),
  detail: z.string().min(1),
  instance: z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/),
  errors: z.array(z.object({ field: z.string(), problem: z.string() })).optional(),
});

/** Reads an answer as problem details (RFC 9457) and checks what holds for all of them: media type, status, type by code, no trace of the code inside. */
export async function problemIn(response: Response): Promise<z.infer<typeof problem>> {
  const text = await response.text();
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const found = problem.parse(JSON.parse(text));
  expect(found.status).toBe(response.status);
  expect(found.type).toBe(`urn:gatehouse:error:${found.code}`);
  expect(text).not.toMatch(/\.ts:\d+|node_modules|\bat \w+ \(/);
  return found;
}
