from django.db import models


class Invoice(models.Model):
    order = models.OneToOneField("shop.Order", on_delete=models.PROTECT)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
