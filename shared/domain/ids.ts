/** Gatehouse's own opaque id of a human being. */
export type PersonId = string;

/** An instance of a source of worker records, such as `generic` or `bamboohr:contoso`. */
export type SourceId = string;

/** An instance of a target system, such as `entra:contoso`. Stands in every key, quota and audit row. */
export type TargetId = string;

export type RunId = string;

/** An instant as RFC 3339 text in UTC, such as `2026-12-01T08:00:00Z`. */
export type Instant = string;

/** A calendar date as ISO 8601 text, such as `2026-12-01`, with no time zone of its own. */
export type CalendarDate = string;
