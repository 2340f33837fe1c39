import uuid

from django.db import models


class Customer(models.Model):
    email = models.EmailField(unique=True)
    logins = models.IntegerField(default=0)

    class Meta:
        db_table = "customers"


class Order(models.Model):
    id = models.BigAutoField(primary_key=True)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    referrer_id = models.PositiveIntegerField(null=True)
    position = models.IntegerField(default=0)

    class Meta:
        db_table = "orders"


class OrderItem(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    quantity = models.PositiveIntegerField()

    class Meta:
        db_table = "order_items"


class Basket(models.Model):
    size = models.IntegerField()

    class Meta:
        db_table = "baskets"


class Label(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    word = models.CharField(max_length=20)
