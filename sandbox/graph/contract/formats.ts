const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const date = /^\d{4}-\d{2}-\d{2}$/;
const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** The string formats that the contract names: RFC 3339 date and date-time (as Edm.Date and Edm.DateTimeOffset of OData 4.01), RFC 9562 UUID. */
export const formats = {
  uuid,
  date,
  'date-time': (text: string): boolean => dateTime.test(text) && !Number.isNaN(Date.parse(text)),
};
