import { readdirSync, readFileSync } from "node:fs";
import { inRoot } from "@/lib/launcher/paths.mjs";

/* What the schema says of its models, as the database's client calls them. */

/**
 * The models whose rows say nothing about a patient or an account, as the database's client calls them. Every other one does, a new one
 * too until it is named here. A slot is a claim on a practitioner's time, and read as that.
 */
const IMPERSONAL = [
  ...[
    "setting",
    "specialty",
    "practitioner",
    "visitType",
    "practitionerVisitType",
    "intakeQuestion",
    "consentText",
  ],
  ...["availabilityRule", "availabilityOverride", "overrideInterval", "timeOff", "closure", "delay", "slot"],
  ...["queueDuty", "summaryTemplate", "rateLimit", "removedFile"],
  ...["auditChain", "auditSeal", "auditSealedChain", "refusalTally"],
];

const schema = readdirSync(inRoot("prisma/schema"))
  .map((name) => readFileSync(inRoot("prisma/schema", name), "utf8"))
  .join("\n");
const calledByClient = (model: string) => model.slice(0, 1).toLowerCase() + model.slice(1);

/** The fields of every model, with their types. */
const fields = new Map(
  [...schema.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, model = "", body = ""]) => [
    calledByClient(model),
    new Map(
      [...body.matchAll(/^ +(\w+) +(\w+)/gm)].map(([, name = "", type = ""]) => [name, calledByClient(type)]),
    ),
  ]),
);

/** Every model there is. */
export const MODELS: readonly string[] = [...fields.keys()];
/** Those whose rows are somebody's. */
export const PERSONAL: readonly string[] = MODELS.filter((model) => !IMPERSONAL.includes(model));

/** The model whose rows hang on one of a model's by a field; nothing where the field is no relation. */
export function relationOf(model: string, field: string): string | undefined {
  const type = fields.get(model)?.get(field) ?? "";
  return fields.has(type) ? type : undefined;
}
