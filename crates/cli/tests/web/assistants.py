"""An assistant's client, by the protocol's own library, calls every tool.

    assistants.py DAYBOOK FOLDER
"""

import asyncio
import pathlib
import sys

import site_of_tests as site
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

TOOLS = {"search_contacts", "last_contact", "show_entry", "compare_readouts", "who_is", "read_text"}


async def call(session: ClientSession, tool: str, **arguments):
    answer = await session.call_tool(tool, arguments)
    return answer.isError if hasattr(answer, "isError") else answer.is_error, (
        answer.structuredContent if hasattr(answer, "structuredContent") else answer.structured_content
    )


async def talk(session: ClientSession) -> None:
    greeting = await session.initialize()
    info = getattr(greeting, "serverInfo", None) or greeting.server_info
    assert info.name == "daybook" and "reports" in greeting.instructions
    tools = (await session.list_tools()).tools
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.description and (getattr(tool, "inputSchema", None) or tool.input_schema)["type"] == "object" for tool in tools)

    wrong, found = await call(session, "search_contacts", **{"with": ["Merkel", "Macron"], "kind": "call"})
    assert not wrong and len(found["contacts"]) == 1, found
    source = found["contacts"][0]["sources"][0]
    assert source["publisher"] == "The Harbour Courier" and "phoned" in source["words"], source
    assert 0 <= found["contacts"][0]["confidence"] <= 1
    wrong, sure = await call(session, "search_contacts", min_confidence=found["contacts"][0]["confidence"], limit=100)
    assert not wrong and found["contacts"][0] in sure["contacts"], sure
    wrong, few = await call(session, "search_contacts", limit=2)
    assert not wrong and len(few["contacts"]) == 2 and few["more"]

    wrong, last = await call(session, "last_contact", a="Merkel", b="the Kremlin")
    assert not wrong and last["when"]["edtf"] == "2021-08-23" and len(last["accounts"]) == 4, last
    wrong, before = await call(session, "last_contact", a="Merkel", b="Macron", before="2019-01-01")
    assert not wrong and before["when"]["edtf"] == "2018-11-18"
    wrong, then = await call(session, "show_entry", id=last["id"], as_of="2021-08-20")
    assert not wrong and then["status"] == "scheduled"
    wrong, compared = await call(session, "compare_readouts", id=last["id"])
    assert not wrong and [side["side"] for side in compared["sides"]] == ["DEU", "RUS"]
    assert compared["contact"]["sources"]
    wrong, named = await call(session, "who_is", name="Merkel")
    assert not wrong and named["parties"][0]["name"] == "Angela Merkel"
    wrong, read = await call(session, "read_text", text="Sergey Lavrov phoned Hakan Fidan on Friday.", published="2024-03-09")
    assert not wrong and read["contacts"][0]["when"]["edtf"] == "2024-03-08", read

    # What is wrong is told so that an assistant can mend it.
    wrong, problem = await call(session, "last_contact", a="Nobody Atall", b="Macron")
    assert wrong and "who_is" in problem["error"]
    wrong, problem = await call(session, "show_entry", id="ffff")
    assert wrong and problem["error"]
    wrong, problem = await call(session, "search_contacts", since="monday")
    assert wrong and "2022-01-31" in problem["error"]


async def main() -> None:
    daybook, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    book = site.make_book(daybook, folder)
    server = StdioServerParameters(command=daybook, args=["mcp", "--book", str(book)])
    async with stdio_client(server) as (reading, writing), ClientSession(reading, writing) as session:
        await asyncio.wait_for(talk(session), 60)


asyncio.run(main())
