from fastapi import APIRouter, Depends, HTTPException, Path, Query
from sqlalchemy import text
from sqlalchemy.orm import Session

from . import models, schemas
from .database import session

router = APIRouter()


@router.get("/customers/{customer_id}")
def read_customer(customer_id: int, db: Session = Depends(session)):
    found = db.get(models.Customer, customer_id)
    if found is None:
        raise HTTPException(status_code=404)
    return found


@router.get("/orders/{id}")
def read_order(
    id: int = Path(..., gt=0),
    page: int = Query(1),
    db: Session = Depends(session),
):
    return db.get(models.Order, id)


@router.get("/orders")
def list_orders(customer_id: int | None = None, limit: int = 20, db: Session = Depends(session)):
    return db.query(models.Order).filter(models.Order.customer_id == customer_id).limit(limit).all()


@router.get("/baskets/{basket_id}")
def read_basket(basket_id: int, db: Session = Depends(session)):
    return db.get(models.Basket, basket_id)


@router.get("/reports/house")
def house(db: Session = Depends(session)):
    # The house account is customer 1: customer_id = 1
    rows = db.execute(text("SELECT count(*) FROM orders WHERE customer_id = 1"))
    big = db.execute(text("SELECT count(*) FROM orders WHERE position > 10"))
    return rows.scalar(), big.scalar()


def label(order: models.Order) -> str:
    return f"{order.id:06d} of {order.position:03d}"


def cache_key(order_id, page):
    return "order:%d" % order_id, "page:%d" % page


def first_key(order: models.Order) -> int:
    return order.id


def current_customer(token: dict) -> int:
    customer_id = int(token["customer_id"])
    year = int(token["year"])
    if not token["customer_id"].isdigit():
        raise HTTPException(status_code=401)
    return customer_id
