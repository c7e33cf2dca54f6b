import type { ServerResponse } from 'node:http';
import { sendJson } from '../http/http-exchange.ts';

/** What the extension tells of the exception behind an error, its stack trace left out. */
type Exception = { readonly ExceptionMessage: string; readonly ExceptionType: string };

/** Answers an error as the extension does (`CreateErrorResponse`, an `HttpError` as JSON with names in PascalCase). */
export function answerError(response: ServerResponse, status: number, Message: string, exception?: Exception): true {
  sendJson(response, status, { Message, ...exception });
  return true;
}

/** 500, for an instance that is not in a state for an operation (the `InvalidOperationException` of the extension). */
export function answerInvalidOperation(response: ServerResponse, ExceptionMessage: string): true {
  return answerError(response, 500, 'Something went wrong while processing your request', {
    ExceptionMessage,
    ExceptionType: 'System.InvalidOperationException',
  });
}

/** 400, for an argument that is refused (the `ArgumentException` of the extension). */
export function answerArgument(
  response: ServerResponse,
  ExceptionMessage: string,
  message = 'One or more of the arguments submitted is incorrect',
): true {
  return answerError(response, 400, message, { ExceptionMessage, ExceptionType: 'System.ArgumentException' });
}
