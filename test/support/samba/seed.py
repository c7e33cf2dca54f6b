# Fills a domain that samba-tool has just provisioned, as the system: JSON on standard input says what with. Samba lets the system alone choose an objectGUID.
import json
import sys

from samba.auth import system_session
from samba.dcerpc import misc
from samba.ndr import ndr_pack
from samba.param import LoadParm
from samba.samdb import SamDB
from samba.sd_utils import SDUtils
import ldb

order = json.load(sys.stdin)
settings = LoadParm()
settings.load(order["settings"])
settings.set("ldb:nosync", "true")
domain = SamDB(session_info=system_session(settings), lp=settings)

domain.transaction_start()
for thing in order["objects"]:
    guid = thing.pop("objectGUID", None)
    if guid is not None:
        thing["objectGUID"] = ndr_pack(misc.GUID(guid))
    domain.add(thing, ["relax:0"])
for link in order["links"]:
    change = ldb.Message(ldb.Dn(domain, link["of"]))
    change["link"] = ldb.MessageElement(link["to"], ldb.FLAG_MOD_ADD, link["attribute"])
    domain.modify(change)
domain.transaction_commit()
for name, password in order["passwords"].items():
    domain.setpassword("(sAMAccountName=%s)" % name, password, force_change_at_next_login=False)
[account] = domain.search(expression="(sAMAccountName=%s)" % order["delegate"], attrs=["objectSid"])
sid = str(domain.schema_format_value("objectSID", account["objectSid"][0]), "utf8")
for right in order["rights"]:
    SDUtils(domain).dacl_add_ace(right["on"], right["ace"].replace("SID", sid))
