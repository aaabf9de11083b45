"""Layers: a second playbook laid on a running incident, and changed files brought into it. Pure.

Every name of a layer stands under the playbook's own: ``staff-harassment/contact-target``. A common step that is in
the runbook already is shared, and not asked twice.
"""

from collections.abc import Mapping

from crisisdesk.domain.conditions import Clause, Condition
from crisisdesk.domain.deadlines import Within, parse_repeat
from crisisdesk.domain.incident import Incident, Layer, StepState
from crisisdesk.domain.playbook import Phase, Playbook, Statement, Step
from crisisdesk.domain.policy import Policy


def shared_steps(state: Incident, playbook: Playbook) -> dict[str, str]:
    """Return the playbook's common steps that the runbook has already, each with the id it has there."""
    here = {
        known.step.common: step for step, known in state.steps.items()
        if known.step.common and not known.round_of and not step.startswith(f"{playbook.name}/")
    }  # fmt: skip
    return {step.id: here[step.common] for _, step in playbook.steps() if step.common in here}


def as_layer(playbook: Playbook, shared: Mapping[str, str]) -> Playbook:
    """Return a playbook with every id of its own under its name, and shared steps left out."""
    names = _Names(playbook, shared)
    phases = tuple(
        Phase(names.under(phase.id), f"{playbook.title}: {phase.title}", phase.goal, phase.done_when, steps)
        for phase in playbook.phases
        if (steps := tuple(names.step(step) for step in phase.steps if step.id not in shared))
    )
    return playbook._replace(
        phases=phases,
        questions={
            names.under(key): one._replace(id=names.under(key)) for key, one in playbook.questions.items()
        },
        statements={
            names.under(key): _renamed(one, names.under(key)) for key, one in playbook.statements.items()
        },
    )


def _renamed(statement: Statement, name: str) -> Statement:
    return statement._replace(id=name)


class _Names:
    """How the names of one layer are written in the incident."""

    def __init__(self, playbook: Playbook, shared: Mapping[str, str]) -> None:
        self._name = playbook.name
        self._steps = {step.id: shared.get(step.id, self.under(step.id)) for _, step in playbook.steps()}
        self._questions = playbook.questions

    def under(self, name: str) -> str:
        """Return a name under the layer's."""
        return f"{self._name}/{name}"

    def step(self, step: Step) -> Step:
        """Return a step with every name in it as the incident knows it."""
        return step._replace(
            id=self.under(step.id),
            within=self._within(step.within),
            revisit=self._within(step.revisit),
            after=tuple(dict.fromkeys(self._steps.get(name, name) for name in step.after)),
            only_if=self._condition(step.only_if),
            statement=self.under(step.statement) if step.statement else "",
            repeat=self._repeat(step.repeat),
        )

    def _within(self, within: Within | None) -> Within | None:
        return within and within._replace(anchor=self._steps.get(within.anchor, within.anchor))

    def _repeat(self, said: str) -> str:
        repeat = parse_repeat(said)
        if repeat is None or repeat.until not in self._steps:
            return said
        return f"every {repeat.every.words()} until {self._steps[repeat.until]}"

    def _condition(self, condition: Condition | None) -> Condition | None:
        if condition is None:
            return None
        clauses = tuple(
            clause._replace(answer=self.under(clause.answer)) if clause.answer in self._questions else clause
            for clause in condition.clauses
        )
        return Condition(condition.joiner, tuple(Clause(*clause) for clause in clauses))


def unknown_names(playbook: Playbook, policy: Policy) -> list[str]:
    """Return the roles, channels, levels and clocks a playbook names and a policy has not."""
    steps = [step for _, step in playbook.steps()]
    named: list[tuple[str, Mapping[str, object]]] = [
        (name, policy.roles) for step in steps for name in (step.who, *step.approved_by)
    ]
    named += [(name, policy.channels) for step in steps for name in step.on]
    named += [(name, policy.clocks) for step in steps for name in step.starts_clock]
    return list(
        dict.fromkeys(
            name for name, known in [*named, (playbook.usually, policy.levels)] if name not in known
        )
    )


def relaid(state: Incident, name: str, playbook: Playbook, hash_: str) -> Layer | None:
    """Return the layer a changed playbook would be, or None when it is the incident's first playbook."""
    known = state.layers.get(name)
    if known is None:
        return None
    shared = shared_steps(state, playbook)
    return Layer(as_layer(playbook, shared), known.after_phase, hash_, shared)


def with_layer(state: Incident, layer: Layer) -> Incident:
    """Return the state with a playbook laid on top; its steps do not apply until an entry says so."""
    new = {step.id: StepState(step, phase.id) for phase, step in layer.playbook.steps()}
    layers = {**state.layers, layer.playbook.name: layer}
    return state._replace(steps={**state.steps, **new}, layers=layers, phases=_phases(state.playbook, layers))


def refit(state: Incident, name: str, playbook: Playbook, policy: Policy, layer: Layer | None) -> Incident:
    """Return the state with a playbook's new form in place of the one it had, and the policy with it.

    What was begun or settled stays, also when the new form has no such step; a step that is new does not apply until
    an entry says so. ``layer`` is the new layer when ``name`` was laid on top, else None.
    """
    own = layer.playbook if layer else playbook
    before = state.layers[name].playbook if layer else state.playbook
    old = {step.id for _, step in before.steps()}
    fresh = {step.id: (phase.id, step) for phase, step in own.steps()}
    steps: dict[str, StepState] = {}
    for step, known in state.steps.items():
        root = known.round_of or step
        if root in fresh:
            steps[step] = _refitted(known, *fresh[root])
        elif root not in old or known.progress != "open" or known.evidence or known.told:
            steps[step] = known
    steps |= {step: StepState(new, phase) for step, (phase, new) in fresh.items() if step not in steps}
    layers = {**state.layers, name: layer} if layer else state.layers
    main = state.playbook if layer else playbook
    return state._replace(
        policy=policy, playbook=main, steps=steps, layers=layers, phases=_phases(main, layers)
    )


def _refitted(known: StepState, phase: str, step: Step) -> StepState:
    if known.round_of:
        step = step._replace(id=known.step.id, title=known.step.title, within=known.step.within)
    return known._replace(step=step, phase=phase)


def _phases(main: Playbook, layers: Mapping[str, Layer]) -> tuple[Phase, ...]:
    """Return the phases in the order to work through: those of a layer follow the phase that was current when it came."""
    phases = list(main.phases)
    for layer in layers.values():
        places = [place for place, phase in enumerate(phases, 1) if phase.id == layer.after_phase]
        at = places[0] if places else len(phases)
        phases[at:at] = layer.playbook.phases
    return tuple(phases)
