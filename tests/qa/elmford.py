"""Short records of invented councils and boards, English and Chinese, for questions about them."""

from pathlib import Path

COUNCIL_17 = """# Elmford Town Council

Minutes of the 17th Ordinary Meeting, held on 4 March 2025 at Elmford Town Hall

Present: Mayor Helen Brandt (Chair), Councillors Dana Ruiz, Peter Lowe, Anita Shah, Colm Reilly
Apologies: Councillor Ivor Penn
In attendance: Town Clerk, Joan Meeks

## 1. Minutes of the previous meeting

The minutes of 4 February 2025 were approved.

## 2. Market Square parking

Councillor Shah presented the report on parking charges in Market Square. Councillor Lowe said the charges would
hurt the market traders.

Resolution 2025-14: The Council approved a parking charge of 2 pounds an hour in Market Square from 1 June 2025.

The motion was carried by 3 votes to 2. For: Brandt, Shah, Reilly. Against: Ruiz, Lowe.

## 3. Library roof

The Clerk reported a leak in the roof of the library reading room. Three quotations for the repair had been
received.

The Council agreed to award the contract for the library roof repair to Hallam & Sons at 48,200 pounds.

Action: The Town Clerk to sign the contract by 20 March 2025.

## 4. Allotments

The request for twelve new allotments at Mill Lane was deferred until the soil report has been received.

The request for a skate park was refused.
"""
COUNCIL_18 = """# Elmford Town Council

Minutes of the 18th Ordinary Meeting, held on 8 April 2025 at Elmford Town Hall

Present: Mayor Helen Brandt (Chair), Councillors Dana Ruiz, Peter Lowe, Anita Shah, Ivor Penn
Apologies: Councillor Colm Reilly
In attendance: Town Clerk, Joan Meeks

## 1. Election of vice-chair

Ms Okafor was not yet a member. Councillor Penn was nominated as vice-chair. There being no other nominations he
was declared elected.

## 2. Market Square parking

Residents had objected to the charges. Resolution 2025-14 of 4 March is rescinded.

The Clerk will bring a new report on parking by 30 May 2025.

## 3. Cycle lane on Station Road

Councillor Shah moved that a cycle lane be built on Station Road. Councillor Penn declared an interest and left
the room. Councillor Lowe objected to the cycle lane because it would take away the loading bays. The cost is
estimated at 85,000 pounds and Mr Tomas Veldt of the highways team is in charge of the works.

Seven members of the public spoke. The Council took no vote and asked for a survey.

## 4. Flood at the sports hall

The caretaker reported that water had come in through the sports hall windows. The Council agreed to replace the
windows in the sports hall before the winter. The new bins for the park were delivered. The Mayor opened the
spring fair.

## 5. Mill Lane bridge

The motion to close Mill Lane bridge to lorries was put to a recorded vote.
Ayes: Brandt, Ruiz, Shah. Noes: Lowe. Abstained: Penn. The motion was carried.
"""
COUNCIL_22 = """# Elmford Town Council

Minutes of the 22nd Ordinary Meeting, held on 14 October 2025

Present: Mayor Helen Brandt (Chair), Councillors Dana Ruiz, Peter Lowe, Anita Shah

## 1. Christmas lights

The contract for the Christmas lights was won by Starling Events. The budget is 9,000 pounds.

## 2. Leak at the town hall

The caretaker reported a burst pipe in the town hall cellar. The Council authorised emergency repairs and had
the cellar pumped out. The grass at the cemetery will be cut fortnightly. The Clerk reported on staff training.
"""
SCHOOLS = """# Northfield School Board

Minutes of the Regular Meeting of 13 May 2025

Present: Grace Okafor, Leo Hart, Priya Nair, Samuel Birch (Chair)

## 1. Officers

Ms Okafor was nominated as vice-chair. There being no other nominations she was declared elected.

## 2. Cafeteria services

The Board received four bids for cafeteria services. Birch and Nair visited the two highest ranked. Greenleaf
Catering was selected as the lowest responsible bidder.

## 3. Swimming pool

Mr Hart spoke against the closing of the swimming pool. Ms Nair felt that the pool costs too much to heat. The
item was left for the June meeting.

## 4. School calendar

The calendar for 2025-26 was approved unanimously.

## 5. Heating

Leo Hart to obtain quotations for new boilers at Northfield Primary. Due: 15 September 2025.
"""
EXECUTIVE_18 = """# 榆溪市人民政府第18次常务会议纪要

时间：2025年5月20日
主持：市长 贺启明
出席：副市长 白岚、副市长 卓远

## 一、清水河清淤工程

会议听取了市水务局关于清水河清淤工程的汇报。会议同意清水河清淤工程实施方案，总投资2300万元，由市水务局负责，10月底前完成。清淤工程由榆溪河湖建设公司中标承建。

## 二、公交线路

会议研究了公交线路调整。会议决定暂缓12路公交线路调整，待客流调查完成后再议。

## 三、老旧小区改造

会议通过了老旧小区改造计划，今年改造35个小区。卓远提出反对意见，认为资金尚未落实。

## 四、农贸市场

会议讨论了农贸市场搬迁问题。白岚不赞成搬迁，认为商户损失太大。会议要求商务局进一步征求意见。
"""
EXECUTIVE_19 = """# 榆溪市人民政府第19次常务会议纪要

时间：2025年6月17日
主持：市长 贺启明
出席：副市长 白岚、副市长 卓远

## 一、停车收费

会议决定自7月1日起人民路停车收费为每小时5元。停车报告由市交通局在9月15日前提交。

## 二、图书馆屋顶维修

会议听取了图书馆屋顶漏水情况的汇报。会议同意将屋顶维修工程交由恒泰建筑公司实施，费用86万元。

## 三、体育中心

会议否决了体育中心冠名方案。会议任命沈若兰为市体育中心主任。
"""
CONFIDENTIAL = """---
access: staff
---
# Ferrow Harbour Trust

Confidential minutes of the meeting of 24 June 2025

Present: Ulla Stern (Chair), Marek Dorn

## 1. Salary of the harbour master

The Trust agreed to raise the salary of the harbour master to 71,000 pounds from 1 July 2025.

## 2. Dredging dispute

The Trust decided to settle the claim of Boldt Dredging out of court for 120,000 pounds.
"""
HARBOUR = """# Ferrow Harbour Trust

Minutes of the meeting of 8 July 2025

Present: Ulla Stern (Chair), Marek Dorn, Tilde Aas
Absent: Rolf Imsen

## 1. Pier lights

The Trust appointed Brightline Electrical to renew the pier lights. Work starts on 1 August 2025 and will be
finished by 30 September 2025.

## 2. Mooring fees

Moved by Ms Aas, seconded by Mr Dorn, that mooring fees be raised by 4 per cent. Carried: Stern yes, Dorn yes,
Aas no.
"""
PERSONNEL = """---
access: staff
---
# Elmford Personnel Committee

Minutes of the meeting of 1 October 2025 (confidential)

Present: Helen Brandt (Chair), Peter Lowe

## 1. Swimming pool manager

The Committee agreed to dismiss the manager of the swimming pool with effect from 31 October 2025.

## 2. Sale of the depot

The Committee agreed to sell the depot in Mill Lane to Orton Homes for 1.2 million pounds.

## 3. Pay of the town clerk

The pay of the town clerk was raised to 58,000 pounds.
"""
CLOSED = """---
access: staff
---
# 榆溪市人民政府第20次常务会议纪要（内部）

时间：2025年10月2日
主持：市长 贺启明

## 一、化工厂搬迁补偿

会议同意化工厂搬迁补偿方案，补偿总额4.2亿元。

## 二、干部任免

会议决定免去廖志明市教育局局长职务。
"""
FORUM = """Elmford Town Council
Public forum on the bypass, 9 September 2025, transcript

Helen Brandt: Good evening. Tonight we hear about the northern bypass.

Rosa Kiln: I am against the bypass. It cuts my farm in two.

Peter Lowe: I support the bypass because it takes lorries out of the High Street.

Anita Shah: I cannot support the bypass as drawn. It runs through the wetland.

Helen Brandt: Thank you all. We take no vote tonight.
"""
PLANNING = """# Elmford Planning Committee

Minutes of meeting no. 18, held on 16 September 2025

Present: Anita Shah (Chair), Peter Lowe, Maud Finch

## 1. Barn at Croft End

The application to convert the barn at Croft End was approved by 2 votes to 0. Councillor Finch recused herself.

## 2. Appointment of tree warden

The Committee received three applications for tree warden. Mr Josef Anders was chosen. He will start on 1
October 2025.
"""
RECORDS = {
    "2025-10-01-elmford-personnel.md": PERSONNEL,
    "2025-10-02-yuxi-20.md": CLOSED,
    "2025-03-04-elmford-town-council.md": COUNCIL_17,
    "2025-04-08-elmford-town-council.md": COUNCIL_18,
    "2025-10-14-elmford-town-council.md": COUNCIL_22,
    "2025-05-13-northfield-school-board.md": SCHOOLS,
    "2025-05-20-yuxi-18.md": EXECUTIVE_18,
    "2025-06-17-yuxi-19.md": EXECUTIVE_19,
    "2025-06-24-staff-ferrow.md": CONFIDENTIAL,
    "2025-07-08-harbour-trust.md": HARBOUR,
    "2025-09-09-elmford-transcript.txt": FORUM,
    "2025-09-16-planning.md": PLANNING,
}


def write_records(folder: Path) -> Path:
    """The records as files in a folder."""
    folder.mkdir()
    for name, text in RECORDS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
