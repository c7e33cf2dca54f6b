/** A text as an OData string literal: in single quotes, a quote inside doubled (OData 4.01 URL conventions, section 5.1.1.6.1). Not yet percent-encoded. */
export function odataLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
