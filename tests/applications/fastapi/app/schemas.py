import re
from typing import List, Optional

from pydantic import UUID4, BaseModel

TOKEN = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


class CustomerOut(BaseModel):
    id: int
    email: str
    logins: int


class OrderCreate(BaseModel):
    customer_id: int
    referrer_id: Optional[int] = None
    position: int = 0
    item_ids: List[int] = []


class OrderOut(OrderCreate):
    id: int
    external_id: UUID4


class BasketOut(BaseModel):
    id: int
    size: int


class Page(BaseModel):
    page: int
    limit: int = 50
