import pytest

from ingest.records import DecisionKind
from ingest.register import english
from ingest.register.rules import plain

# rule -> sentences it finds; each is a sentence of minutes as clerks write them
WRITTEN = {
    "en.not-approved": [
        "The variance was not approved.",
        "The amendment was not supported by the meeting.",
        "The change order has not been accepted.",
    ],
    "en.did-not-approve": [
        "The Board did not approve the request for additional parking.",
        "After discussion, the Commission declined to support the application.",
        "The Committee decided not to pursue the grant this year.",
        "Members voted against the closure of the library.",
    ],
    "en.motion-failed": [
        "The motion failed for lack of a second.",
        "Motion to extend the lease failed.",
        "The amendment was lost on a show of hands.",
        "The motion did not carry.",
        "The motion by Mr. Ortiz died for want of a second.",
    ],
    "en.no-consensus": [
        "No consensus was reached on the fee structure.",
        "No action was taken.",
        "No decision on compensation yet.",
        "The Council failed to reach agreement on the location.",
        "A decision was not reached and members will think about it further.",
        "No position was taken on the tram itself.",
    ],
    "en.left-open": [
        "The matter of the staff canteen remains open.",
        "The bid has not yet been decided.",
        "The matter of parking was left unresolved.",
    ],
    "en.withdrawn": [
        "The resolution was withdrawn.",
        "The application for the kiosk was withdrawn by the applicant.",
        "Cllr Pell withdrew his amendment.",
        "The proposal to name the gymnasium after a sponsor was withdrawn by the superintendent.",
    ],
    "en.put-to-later-day": [
        "The Board agreed to move the opening from 20 December 2025 to 18 April 2026.",
        "The start of the course is moved to 1 September 2025.",
        "The removal of the shelters was delayed until the autumn.",
    ],
    "en.motion-deferred": [
        "The motion was tabled.",
        "The item was postponed to May.",
    ],
    "en.motion-carried": [
        "The motion carried.",
        "Motion carried, 5-2.",
        "MOTION PASSED UNANIMOUSLY.",
        "The motion to amend the fee schedule was adopted.",
        "Motion by Chen, seconded by Ruiz, to approve the plat; motion carried unanimously.",
        "The motion on the floor was agreed to.",
        "The ordinance on first reading was put to the vote and carried by a show of hands.",
    ],
    "en.carried-by": [
        "Approval of the consent calendar was moved and seconded, and carried unanimously.",
        "Moved by Lee, seconded by Cho: adopted 4-1.",
        "Unanimously carried by voice vote.",
        "Giles Hart – proposed by Cllr Shah, seconded by Cllr Dean and unanimously elected.",
    ],
    "en.unanimous-consent": ["There being no objections, the agenda was approved."],
    "en.resolved": [
        "RESOLVED that the accounts be approved.",
        "RESOLVED nem. con. that the fete be held on 12 July.",
        "It was RESOLVED to accept the quotation of Hill & Sons.",
        "BE IT FURTHER RESOLVED, that the Mayor is authorised to sign.",
        "It was proposed, seconded and resolved that the precept remain unchanged.",
    ],
    "en.bare-approved": ["Approved the calendar for next year.", "- Adopted Resolution 12 as amended."],
    "en.bare-rejected": ["Rejected the bid of Hill & Sons."],
    "en.bare-deferred": ["- Postponed the vote on uniforms until May."],
    "en.bare-agreed": ["Agreed to ship on 1 July.", "- Decided to close the office on Fridays."],
    "en.all-agreed": [
        "Cllr Dean proposed the motion, Cllr Hart seconded and all were in favour.",
        "All agreed to fund the new swings.",
        "Proposed by Cllr Webb, seconded by Cllr Shah and agreed.",
        "All members were in agreement.",
    ],
    "en.it-was-deferred": [
        "It was agreed to defer the item until the next meeting.",
        "It was decided that the matter be postponed.",
    ],
    "en.it-was-decided": [
        "It was decided to close the car park at dusk.",
        "It was unanimously decided that fees stay as they are.",
    ],
    "en.it-was-agreed": [
        "It was agreed that the Clerk would write to the landowner.",
        "It was further agreed to hold the fair on the green.",
        "It was recommended that the Council adopt the policy.",
    ],
    "en.it-was-concluded": ["It was concluded that the roof cannot be repaired."],
    "en.vote-to": [
        "The Board voted to close the school at the end of the year.",
        "Council voted 6-1 to annex the parcel.",
        "The committee unanimously voted in favor of the merger.",
        "Trustees voted by roll call to enter executive session.",
    ],
    "en.body-deferred": [
        "The Planning Commission continued the public hearing to April 9.",
        "The Board tabled the item.",
        "Council referred the matter to the Finance Committee.",
        "The committee agreed to postpone its decision.",
        "The Board pushed back the launch.",
    ],
    "en.body-rejected": [
        "The Zoning Board denied the application.",
        "The Commission rejected all bids.",
        "The council, after lengthy debate, turned down the offer.",
    ],
    "en.body-approved": [
        "The City Council approved the contract with Acme Paving for $1.2 million.",
        "The Board of Trustees unanimously adopted the budget.",
        "On the recommendation of the Treasurer, the Board, by consensus, ratified the agreement.",
        "Members approved the minutes of the previous meeting.",
        "The Council also appointed Ms. Ng to the Library Board.",
        "IETF approved the charter.",
        "The Committee has endorsed the plan.",
        "Council approved the minutes of its last meeting.",
    ],
    "en.body-decided": [
        "The committee decided to meet weekly.",
        "The Board resolved that a new auditor be sought.",
        "The panel determined that the complaint was founded.",
        "The Committee recommended approval of the rezoning.",
    ],
    "en.body-agreed": [
        "The Committee agreed to hire two teachers.",
        "Members agreed to meet again on Friday.",
        "The Council agreed in principle to the sale.",
        "The working group reached consensus to drop the clause.",
        "The Board agreed that the fence should be repaired.",
    ],
    "en.then-deferred": [
        "The meeting noted the draft and deferred it to May.",
        "Council heard the case and tabled the item.",
    ],
    "en.then-rejected": ["The Board reviewed the bids and rejected them all."],
    "en.then-approved": ["The Council discussed the plan at length and unanimously adopted it."],
    "en.then-agreed": ["The Council noted the outline and agreed to consult residents."],
    "en.body-concluded": ["The panel concluded that the project is feasible."],
    "en.consensus": [
        "A consensus was reached on the new hours.",
        "Agreement was reached to share the costs.",
    ],
    "en.directed": [
        "Council directed staff to bring back a revised ordinance.",
        "The Board requested that the Superintendent report monthly.",
        "The Committee asked the Clerk to obtain three quotations.",
    ],
    "en.was-directed": [
        "Staff was directed to negotiate with the owner.",
        "The Treasurer was asked to prepare a forecast.",
        "Ms. Lee was authorised to sign the lease.",
    ],
    "en.volunteered": [
        "Dana Reyes volunteered to review the draft.",
        "Cllr Pratt agreed to contact the school.",
    ],
    "en.directive": [
        "The Board hereby authorizes the Manager to execute the agreement.",
        "To this end, the Council directs all departments to reduce travel.",
        "The Committee, in the coming quarter, seeks a reduction of the deficit to 2 percent.",
    ],
    "en.passive-deferred": [
        "Item 7 was deferred.",
        "Discussion of the fees was carried over to the May meeting.",
        "The repair was put off until quotations have been received.",
    ],
    "en.passive-rejected": ["The appeal was denied.", "All three bids were rejected as too high."],
    "en.passive-approved": [
        "The minutes of the meeting of 4 March were approved as a correct record.",
        "The agenda was unanimously approved as amended.",
        "Mr. Park was elected chair for the coming year.",
        "The report of the treasurer was accepted.",
        "The accounts for 2023 were adopted.",
    ],
    "en.item-approved": ["Minutes approved as amended.", "Agenda adopted."],
    "en.noted": ["The Committee noted the report.", "The Board received the financial statements."],
    "en.passive-noted": ["The Chair's report was noted.", "A letter from the county was received and filed."],
    "en.emphasised": [
        "The meeting stressed that safety comes first.",
        "The Conference called for closer cooperation.",
        "The committee also highlighted the need for training.",
    ],
    "en.was-emphasised": [
        "It was emphasised that deadlines must be kept.",
        "The role of volunteers was also underlined.",
    ],
    "en.urged-to": [
        "All departments were urged to save energy.",
        "Residents were encouraged to report leaks.",
    ],
}

# Sentences of minutes that record no outcome of this meeting.
NOTHING = [
    "Approved budgets are on the website.",
    "Accepted papers will be announced.",
    "Should the Council approve the contract?",
    "If approved, work will begin in June.",
    "If the Board approved the plan, rents would rise.",
    "Once the budget is adopted, hiring can start.",
    "Staff will return when the committee has approved the design.",
    "The Clerk reported that the grant had been approved.",
    "Mr. Hall asked whether the motion had been carried.",
    "Ms. Cole said the county rejected the claim.",
    "The plan, as approved at the last meeting, is on display.",
    "At its previous meeting the Board approved the loan.",
    "The Council previously approved the design.",
    "The budget that the Council approved last year is exhausted.",
    "The project was approved in 2015.",
    "The Committee discussed the budget.",
    "Members discussed whether to approve the lease.",
    "Mr. Diaz proposed to approve the lease.",
    "The motion would be approved by a simple majority.",
    "The minutes will be approved at the next meeting.",
    "Members agreed that growth had been slow.",
    "Participants noted that prices were rising.",
    "A resident asked to be told when the road was approved.",
    "Copies are available from the committee.",
    "The work of the committee continued.",
    "She referred to the approved plan.",
    "Output declined in May.",
    "The hall had been awarded a grant.",
    "Everyone enjoyed the concert.",
    "The public asked the Council about noise.",
    "The consultant presented the options for the meeting.",
    "The gate remained open all day.",
    "The road was left open for traffic.",
]

SPOKEN = {
    "en.spoken-motion": [
        "I declare the motion carried.",
        "The motion is carried.",
        "Then the agenda is adopted.",
    ],
    "en.spoken-motion-failed": ["The motion is defeated.", "I declare the amendment lost."],
    "en.spoken-decided": [
        "So we've decided to use the blue case.",
        "We have agreed that the report goes out on Monday.",
        "OK , we decided on the rubber buttons .",
        "So the decision is to wait for the audit.",
    ],
    "en.spoken-lets-go": ["Okay, let's go with option two.", "So we'll stick with the old logo then."],
    "en.spoken-deferred": ["We'll put that off until we have a price.", "Okay, let's defer that."],
    "en.spoken-consensus": ["I think we have consensus to proceed.", "Sounds like consensus."],
    "en.spoken-commitment": ["Okay, I will write to the landlord.", "So I'll just email both of them."],
    "en.spoken-action": ["I'll take that as an action item.", "I'll volunteer."],
}

CHATTER = [
    "I'll start, then.",
    "Let me present the next item.",
    "If nobody minds, I'll write to the landlord.",
    "I agree.",
    "Okay, agreed.",
    "Do we have consensus?",
    "Should we go with option two?",
    "I thought we decided to drop it.",
    "Last time we agreed on the price.",
    "I want to make sure that we have consensus.",
    "The Council approved this years ago.",
    "Maybe we'll go with red.",
    "That is because we decided to keep it.",
    "So let's go for lunch then.",
    "The minister has approved the funds.",
    "Is the motion carried?",
]


@pytest.mark.parametrize(("rule", "sentence"), [(rule, s) for rule, cases in WRITTEN.items() for s in cases])
def test_minutes_record_outcomes(rule: str, sentence: str) -> None:
    finding = english.find(plain(sentence))
    assert finding is not None and finding.rule == rule


@pytest.mark.parametrize("sentence", NOTHING)
def test_plans_questions_and_earlier_decisions_are_none_of_this_meeting(sentence: str) -> None:
    assert english.find(plain(sentence)) is None


@pytest.mark.parametrize(("rule", "sentence"), [(rule, s) for rule, cases in SPOKEN.items() for s in cases])
def test_speech_records_outcomes_that_the_meeting_states(rule: str, sentence: str) -> None:
    finding = english.find(plain(sentence), spoken=True)
    assert finding is not None and finding.rule == rule


@pytest.mark.parametrize(
    "sentence",
    [
        "The meeting agreed to move the start from 5 June 2025 to 2 May 2025.",
        "The Council agreed to move 20,000 yuan to the 2025 budget.",
        "The hearing was moved forward to 3 May.",
    ],
)
def test_what_is_moved_to_an_earlier_day_or_elsewhere_is_not_put_off(sentence: str) -> None:
    finding = english.find(plain(sentence))
    assert finding is None or finding.kind is not DecisionKind.DEFERRED


@pytest.mark.parametrize("sentence", CHATTER)
def test_casual_agreement_in_speech_decides_nothing(sentence: str) -> None:
    assert english.find(plain(sentence), spoken=True) is None


def test_every_rule_has_its_cases() -> None:
    rules = {rule.name for rule in (*english.NEGATED, *english.OUTCOMES, *english.EMPHASES)}
    assert rules == set(WRITTEN)
    assert {rule.name for rule in english.SPOKEN} == set(SPOKEN)
