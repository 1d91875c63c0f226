import { describe, expect, it } from "vitest";
import { isGuessable } from "./password-strength";

describe("a password that is soon guessed", () => {
  it.each([
    "password1234",
    "passwordpassword",
    "Passw0rd2026!",
    "aaaaaaaaaaaa",
    "a".repeat(200),
    "123456789012",
    "qwertyuiop12",
    "1q2w3e4r5t6y",
    "iloveyou2026",
  ])("is %s", (password) => {
    expect(isGuessable(password)).toBe(true);
  });

  it.each([
    "twelve characters",
    "blue kettle under rain",
    "Zugspitze im Nebel",
    "вчера шёл мелкий дождь",
    "xK9$vQ2mWp7z",
  ])("is not %s", (password) => {
    expect(isGuessable(password)).toBe(false);
  });

  it("is made of what every such portal is about", () => {
    for (const password of ["telemedicine1", "TrueConfClinic", "doctorpatient", "телемедицина1"])
      expect(isGuessable(password), password).toBe(true);
  });

  it("is the account's own address or name, with little more", () => {
    const about = ["paula.beispiel@example.org", "Paula Beispiel"];
    for (const password of ["paula.beispiel@example.org", "beispielpaula"])
      expect(isGuessable(password, about), password).toBe(true);
    expect(isGuessable("kettle under Beispiel rain", about)).toBe(false);
  });
});
