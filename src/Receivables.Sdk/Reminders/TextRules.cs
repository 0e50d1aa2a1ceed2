namespace Receivables.Sdk.Reminders;

/// <summary>The rules that a policy's own texts must keep.</summary>
internal static class TextRules
{
    internal static void Check(ReminderPolicy policy, List<PolicyProblem> problems)
    {
        foreach (var (template, texts) in policy.Texts)
        {
            var at = PolicyJson.Child("$.texts", template);
            foreach (var (language, text) in texts)
            {
                foreach (var (name, part) in new[] { ("subject", text.Subject), ("body", text.Body) })
                {
                    var faults = new List<string>();
                    _ = PlaceholderTemplate.Read(part, faults);
                    problems.AddRange(faults.Select(f => new PolicyProblem(PolicyCodes.Placeholder, PolicyJson.Child(at, language) + "." + name, f)));
                }
            }

            foreach (var language in policy.Languages)
            {
                if (!texts.ContainsKey(language))
                {
                    problems.Add(new PolicyProblem(PolicyCodes.LanguageMissing, at, $"The text is missing in {language}."));
                }
            }
        }
    }
}
