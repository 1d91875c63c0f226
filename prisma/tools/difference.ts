import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import pg from "pg";

/*
 * Prisma's schema engine is a program that its tools download when they need it, which a closed network refuses. The same engine comes as
 * WebAssembly in a package; here it is asked the one question that the repository has.
 */
const ENGINE = "@prisma/schema-engine-wasm/schema_engine_bg";
type Engine = typeof import("@prisma/schema-engine-wasm/schema_engine_bg");

/** PostgreSQL's internal `"char"`, in which its catalogues keep single letters, and the array of it. */
const CHAR_OID = 18;
const CHAR_ARRAY_OID = 1002;

/**
 * A connection for the engine, which reads catalogues; the adapter knows the types of ordinary tables only. Of `"char"` it knows the
 * array, so a column goes through it under that name and gets its own back behind it.
 */
class CatalogueAdapter extends PrismaPg {
  constructor(pool: pg.Pool) {
    const ask = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>;
    const query = async (config: pg.QueryConfig) => {
      const result = await ask(config);
      for (const field of result.fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = CHAR_ARRAY_OID;
      return result;
    };
    super(Object.assign(pool, { query }));
  }

  override async connect() {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const { Character, CharacterArray } = ColumnTypeEnum;
      return {
        ...result,
        columnTypes: result.columnTypes.map((type) => (type === CharacterArray ? Character : type)),
      };
    };
    return adapter;
  }
}

let loading: Promise<Engine> | undefined;

/** Loads the engine as its package's bundler entry would, which Node cannot follow. A process has one: its glue keeps state. */
async function loadEngine(): Promise<Engine> {
  const glue: Engine & { __wbg_set_wasm: (exports: WebAssembly.Exports) => void } = await import(ENGINE);
  const directory = dirname(createRequire(import.meta.url).resolve(ENGINE));
  const { instance } = await WebAssembly.instantiate(readFileSync(join(directory, "schema_engine_bg.wasm")), {
    "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
  });
  // The engine reports its own crashes through this object.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

/**
 * The SQL that brings a database to what a schema says; empty when it is there. What Prisma has no word for, such as EXCLUDE and CHECK
 * constraints, is left as it is.
 *
 * @param databaseUrl a database with every migration applied
 * @param schemaDirectory the directory of `*.prisma` files
 */
export async function differenceScript(databaseUrl: string, schemaDirectory: string): Promise<string> {
  const files = readdirSync(schemaDirectory)
    .filter((name) => name.endsWith(".prisma"))
    .map((name) => join(schemaDirectory, name))
    .map((path) => ({ path, content: readFileSync(path, "utf8") }));
  loading ??= loadEngine();
  const { SchemaEngine } = await loading;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new CatalogueAdapter(pool));
    const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
    const engine = await SchemaEngine.new({ datamodels }, () => undefined, factory);
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: schemaDirectory },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const script = (stdout ?? "").trim();
    return /^-- This is an empty migration\.?$/.test(script) ? "" : script;
  } finally {
    await pool.end();
  }
}
