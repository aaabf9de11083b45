"""What each problem's code means, for ``crisisdesk explain``. A code is never given another meaning."""

EXPLANATIONS = {
    "E001": "The file cannot be opened: it is missing, it is not an ordinary file, or this system login may not read it.",
    "E002": "A playbook file may have 1 MiB, far more than anybody reads at 3 a.m. Larger files are refused unread.",
    "E003": "Files are read as UTF-8. In the editor choose “Save as” with the encoding UTF-8.",
    "E004": "Tabs look like spaces but are not, and editors show them at different widths. Use spaces, two for each level.",
    "E005": (
        "The file holds a character that cannot be seen or that changes how the text around it is shown: a "
        "non-breaking space from a word processor, a control character, a change of writing direction. Type a "
        "plain space over it. Where a text for the public must keep a non-breaking space, write \\_ in double quotes."
    ),
    "E006": "Lists and blocks may be 30 levels deep. A playbook needs seven.",
    "E007": "A file may hold 50,000 names and values. Split the scenario, or move detail to a linked document.",
    "E008": (
        "The file cannot be read on from this place, so problems after it are not shown yet. The usual causes: a "
        "colon and a space inside a value, a value that begins with a sign such as @ [ { * & ! % or a quote, or a "
        "line whose indentation fits neither the line above nor its block. Quotes around the value solve the first two."
    ),
    "E009": "Names with & and * let one part of a file stand for another, invisibly to who reads the print. Write it out, or use a common step.",
    "E010": "This name is not one the desk knows here. It is probably misspelt, or belongs one level further in or out.",
    "E011": "A word beginning with ! changes how the value is read. If the text begins with it, put quotes around the text.",
    "E012": "Blocks in { } are not used. A text that begins with a {{placeholder}} needs quotes, or | and the text on the next line.",
    "E013": "The same name stands twice in one block. Only one of the two would count, silently; so it is refused.",
    "E014": (
        "There is a name and a colon and then nothing. When there is a # after it, everything from the # is a "
        "comment: put the value in quotes. If there is nothing to say, leave the line out."
    ),
    "E015": (
        "A # after a space begins a comment, and the rest of the line is thrown away. When it belongs to the value, "
        "put the value in quotes. When it is a comment, put two spaces before the # and one after it."
    ),
    "E016": "A file holds one playbook, so --- may stand only at its top, and ... nowhere.",
    "E017": "[a, b] is for short names. Longer texts each get a line of their own that begins with a hyphen.",
    "E018": "The part before a colon must be a plain name.",
    "E020": "Something the desk cannot do without is not there.",
    "E021": "There is a list where a text is expected, or a text where names with values are expected, or the like.",
    "E022": "The value is not one that is understood here. Nothing is guessed: 'no' is the word no, '12:30' is what is written.",
    "E023": "Each step opens with one verb: do, capture, decide, tell, say, pause; or use, for a common step.",
    "E024": "The first line says what the file is: crisisdesk: playbook/1, policy/1, common/1 or people/1.",
    "E030": "Every role must be one of the policy's roles, so that somebody can hold it.",
    "E031": "Every channel must be one of the policy's channels: their limits and owners are kept there.",
    "E032": "A say step names one of the playbook's own statements.",
    "E033": "Every clock must be one of the policy's clocks, where its source and the date it was checked are kept.",
    "E034": "after names other steps of the same playbook by their id; a step without an id has its title as one, in-this-form.",
    "E035": "The level must be one of the policy's severity levels.",
    "E036": (
        "Conditions are closed sentences: answer is | is not | at least | at most | includes value, joined by only "
        "'and' or only 'or'. Example: dms-read is not no and regions includes eu."
    ),
    "E037": "A condition may use the policy's facts, the playbook's own questions, and severity; and only answers these can have.",
    "E038": "Each of these waits for another of them, so none could ever begin.",
    "E039": "Two of the same kind share one id, so nobody could say which is meant. Give one of them another id.",
    "E040": "use names a step of common.yaml.",
    "E041": "Counted as the channel counts, the text does not fit even before its placeholders are filled. Shorten it or write one for the channel.",
    "E042": "A placeholder is a name between two pairs of braces: {{channel}} or {{next update, time}}.",
    "E043": "No answer makes this condition true: once the question is answered, the step is never seen.",
    "E044": "The author of a text is never its approver, and this role has no stand-in: nobody could publish this.",
    "E045": "A time is counted from declaration, detection, awareness, occurrence, stand-down, closing, a step's id, or a fact from when it is answered.",
    "E046": "add-playbook names another playbook file of the same folder, without .yaml.",
    "E047": "A playbook's file name is its name in every command: lower-case words joined by hyphens, ending in .yaml.",
    "E048": "Roles, levels and channels are in policy.yaml. Without it no playbook can be checked or run; running incidents have their own copy.",
    "E050": "Every region, answer or part named here must be declared in the policy.",
    "E051": "A step can show the policy's words on conduct, by the heading they have in the policy.",
    "W001": "No step publishes this statement. Add a say step, or take the statement out.",
    "W002": "A phase is a pause point, and pause points hold fewer than ten things. Consider splitting the phase.",
    "W003": "The placeholder looks like a misspelt known one. As it stands, the desk will ask for it by this name.",
    "W004": "With its placeholders filled the text is likely to be longer than the channel takes.",
    "W005": "Only files ending in .yaml are read.",
    "W006": "After the comma of a placeholder stands how to write it: time, date, or date and time.",
}
