import { describe, expect, it } from "vitest";
import { toSearchForm } from "./search-form";

describe("a name as searches compare it", () => {
  it.each([
    ["Иванова", "Ivanova"],
    ["Щукин", "Shchukin", "Schukin"],
    ["Юлия", "Yulia", "Julia", "Iuliia", "Yuliya"],
    ["Юрий", "Yuri", "Yuriy", "Jurij"],
    ["Семён", "Семен", "Semyon", "Semen"],
    ["Алёна", "Alyona", "Alena"],
    ["Евгений", "Yevgeniy", "Evgeny", "Jewgenij"],
    ["Андреевна", "Andreevna", "Andreyevna"],
    ["Михаил", "Mikhail", "Mihail"],
    ["Жуковский", "Zhukovsky", "Zhukovskii"],
    ["Цветаева", "Tsvetaeva", "Tsvetayeva"],
    ["Чехов", "Chekhov", "Čehov"],
    ["Смирнов", "Smirnov", "Smirnoff"],
    ["Виктория", "Victoria", "Viktoria"],
    ["Ксения", "Xenia", "Ksenia", "Kseniya"],
    ["Филипп", "Philipp", "Filip"],
    ["Соловьёв", "Solovyov", "Solov'ev"],
    ["Мельничук-Ковтун", "Melnichuk Kovtun"],
    ["Zoë Müller", "zoe muller"],
    ["O’Neill", "ONeill", "O'Neill"],
  ])("is the same for every spelling of %s", (name, ...spellings) => {
    for (const spelling of spellings) expect(toSearchForm(spelling)).toBe(toSearchForm(name));
  });

  it("keeps different names apart, and other alphabets", () => {
    const names = ["Иванова", "Петрова", "Сидорова", "Ivanovich", "Jonas", "Jens", "山田", "Παππάς"];
    expect(new Set(names.map(toSearchForm)).size).toBe(names.length);
    expect(toSearchForm("山田 太郎")).toBe("山田 太郎");
  });

  it("leaves nothing that a pattern could mean, and nothing of what is not a name", () => {
    expect(toSearchForm("  Dr. %_\\ Ada\u202e\u0000 ")).toBe("dr ada");
    expect(toSearchForm(" — ")).toBe("");
  });
});
