from django.db import models


class Customer(models.Model):
    name = models.CharField(max_length=40)


class Tag(models.Model):
    word = models.CharField(max_length=40)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    tags = models.ManyToManyField(Tag)
    note = models.CharField(max_length=80, default='100%s :name "it\'s" ü')
