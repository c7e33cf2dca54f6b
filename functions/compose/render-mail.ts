import type { Liquid } from 'liquidjs';
import type { Config } from '../../shared/config/config.ts';
import { GatehouseError } from '../../shared/errors.ts';
import type { MailFacts } from '../../shared/gate/gate-deps.ts';
import type { Registry } from '../../shared/ports/registry/registry.ts';
import type { RenderedMail } from '../../shared/ports/rendered-mail.ts';
import { leading } from '../../shared/operations/subject-of.ts';

type RenderDeps = { readonly config: Config; readonly registry: Registry; readonly publicUrl: string };
type WantedMail = { readonly template: string; readonly to: readonly string[]; readonly facts: MailFacts };

type Engines = { readonly html: Liquid; readonly plain: Liquid };
let making: Promise<Engines> | undefined;

// The library is loaded with the first mail.
async function makeEngines(): Promise<Engines> {
  const { Liquid: Engine } = await import('liquidjs');
  const strict = { strictFilters: true, strictVariables: true };
  // A subject is no HTML.
  return { html: new Engine({ ...strict, outputEscape: 'escape' }), plain: new Engine(strict) };
}

/** Renders a mail template for a person. Values are escaped; a template can run no code and is given no secret. */
export async function renderMail({ config, registry, publicUrl }: RenderDeps, { template, to, facts }: WantedMail): Promise<RenderedMail> {
  const found = config.mail.templates[template];
  const mail = config.targets[config.mail.target];
  if (found === undefined || mail?.kind !== 'mail')
    throw new GatehouseError('config-invalid', `There is no mail template “${template}” in config/mail/.`);
  const { people, names } = registry.stores;
  const person = await people.byId(facts.personId);
  const worker = leading(await people.engagements(facts.personId))?.worker;
  const address = (await names.of(facts.personId)).find((name) => name.scope === 'upn')?.value;
  const values = {
    name: person?.displayName ?? '',
    address: address ?? '',
    hireDate: worker?.hireDate ?? '',
    lastDay: worker?.lastDay ?? '',
    holds: `${publicUrl}/console/holds`,
    helpDesk: mail.helpDesk,
    link: facts.link ?? '',
  };
  const { html, plain } = await (making ??= makeEngines());
  return { to, subject: await plain.parseAndRender(found.subject, values), html: await html.parseAndRender(found.body, values) };
}
