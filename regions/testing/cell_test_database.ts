import { type CellDatabase, openCellDatabase } from "../database/open_cell_database.ts";
import { emptyTestDatabase } from "./empty_test_database.ts";

/** A migrated cell's database of its own on the tests' PostgreSQL. */
export async function cellTestDatabase(): Promise<
  CellDatabase & { url: string; another: () => Promise<CellDatabase> }
> {
  const empty = await emptyTestDatabase();
  const { url } = empty;
  const database = await openCellDatabase(url);
  return {
    ...database,
    url,
    another: () => openCellDatabase(url),
    close: async () => {
      await database.close();
      await empty[Symbol.asyncDispose]();
    },
  };
}
